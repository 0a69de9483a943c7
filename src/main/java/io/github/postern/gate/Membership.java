package io.github.postern.gate;

import io.github.postern.config.AccessRule.Entries;
import io.github.postern.config.AccessRule.Who;
import io.github.postern.config.EmailList;
import java.util.List;

/** Whether somebody is one of those whom a rule describes. */
final class Membership {
    private Membership() {}

    static boolean includes(Who who, Caller caller) {
        return switch (who.kind()) {
            case NOBODY -> false;
            case PUBLIC, SIGNED_IN -> true;
            case MEMBERS ->
                (who.any().isEmpty() || fitsAny(who.any(), caller))
                        && (who.all().isEmpty() || fitsAll(who.all(), caller))
                        && !(who.any().isEmpty() && who.all().isEmpty());
        };
    }

    private static boolean fitsAny(Entries any, Caller caller) {
        if (anyOf(any.groups(), caller.groups()) || isNamed(any, caller)) {
            return true;
        }
        for (var claim : any.claims().entrySet()) {
            if (anyOf(claim.getValue(), ClaimValues.of(caller, claim.getKey()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamed(Entries any, Caller caller) {
        return (!any.emails().isEmpty() && any.emails().contains(EmailList.asciiLower(caller.email())))
                || (!any.emailDomains().isEmpty() && EmailDomains.admits(any.emailDomains(), caller.email()));
    }

    private static boolean fitsAll(Entries all, Caller caller) {
        if (!caller.groups().containsAll(all.groups()) || !isAllNamed(all, caller)) {
            return false;
        }
        for (var claim : all.claims().entrySet()) {
            if (!ClaimValues.of(caller, claim.getKey()).containsAll(claim.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllNamed(Entries all, Caller caller) {
        for (String domain : all.emailDomains()) {
            if (!EmailDomains.admits(List.of(domain), caller.email())) {
                return false;
            }
        }
        return all.emails().isEmpty() || all.emails().contains(EmailList.asciiLower(caller.email()));
    }

    private static boolean anyOf(List<String> wanted, List<String> had) {
        for (String one : had) { // loops, because every check comes here
            if (wanted.contains(one)) {
                return true;
            }
        }
        return false;
    }
}
