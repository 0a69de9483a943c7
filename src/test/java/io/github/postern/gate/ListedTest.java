package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.AdmissionSettings;
import io.github.postern.config.EmailList;
import io.github.postern.config.LocalUserSettings;
import io.github.postern.gate.AdmissionRules.Listed;
import io.github.postern.gate.Refusal.Rule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who passes because a file lists them. */
final class ListedTest {
    private static final EmailList EMAILS = new EmailList(Set.of("guest@example.org"));

    @ParameterizedTest(name = "domains {0} and the list: {1} refused by {2}")
    @CsvSource({
        "akko.local, a@akko.local,,",
        "akko.local, guest@example.org,,",
        "akko.local, GUEST@Example.ORG,,",
        "akko.local, other@example.org, EMAIL_OR_DOMAIN",
        "akko.local, '', EMAIL_OR_DOMAIN",
        "'', guest@example.org,,",
        "'', other@example.org, EMAIL",
        "'', guest@example.org.evil.example, EMAIL",
        "'', a@guest@example.org, EMAIL",
        "*, other@example.org,,",
    })
    void anAddressInTheFileOrADomainAdmits(String domains, String email, Rule rule) {
        var rules = rules(domains, Optional.of(EMAILS), List.of());
        assertThat(rules.refusal(provider(email)).map(Refusal::rule)).isEqualTo(Optional.ofNullable(rule));
        assertThat(rules.refusal(provider(email)).map(Refusal::admitted).orElse(List.of()))
                .doesNotContain("guest@example.org");
    }

    @Test
    void whoLeftThePasswordFileIsNobody() {
        var rules = rules("*", Optional.empty(), List.of());
        assertThat(rules.knows(local("carol", false))).isTrue();
        assertThat(rules.knows(local("dave", false))).isFalse();
        assertThat(rules.knows(provider("dave@akko.local"))).isTrue();
    }

    @Test
    void withPasswordsAloneNobodyOfTheProviderPasses() {
        var rules = rules("", Optional.empty(), List.of());
        assertThat(rules.refusal(provider("a@akko.local")).map(Refusal::rule)).hasValue(Rule.LOCAL_USERS);
        assertThat(rules.refusal(provider("")).map(Refusal::rule)).hasValue(Rule.LOCAL_USERS);
        assertThat(rules.refusal(local("carol", false))).isEmpty();
    }

    @ParameterizedTest(name = "{0} with the name as e-mail {1}: {2}")
    @CsvSource({
        "carol, false,,",
        "carol, true, EMAIL_DOMAIN",
        "carol@akko.local, true,,",
        "carol@example.org, true, EMAIL_DOMAIN",
        // no longer in the file
        "dave, false, LOCAL_USERS",
    })
    void rulesOfAddressesAreForThoseWhoHaveOne(String name, boolean nameIsEmail, Rule rule) {
        var rules = rules("akko.local", Optional.empty(), List.of());
        assertThat(rules.refusal(local(name, nameIsEmail)).map(Refusal::rule)).isEqualTo(Optional.ofNullable(rule));
    }

    @Test
    void groupsAreForEverybody() {
        assertThat(rules("*", Optional.empty(), List.of("local")).refusal(local("carol", false)))
                .isEmpty();
        assertThat(rules("*", Optional.empty(), List.of("admins"))
                        .refusal(local("carol", false))
                        .map(Refusal::rule))
                .hasValue(Rule.GROUPS);
    }

    private static AdmissionRules rules(String domains, Optional<EmailList> emails, List<String> groups) {
        var named = Arrays.stream(domains.split(","))
                .filter(domain -> !domain.isEmpty())
                .toList();
        return new AdmissionRules(
                new AdmissionSettings(named, groups, List.of(), false, List.of()),
                new Listed(emails.map(list -> () -> list), name -> name.startsWith("carol")));
    }

    private static Caller provider(String email) {
        return new Caller("s", email, "", List.of(), Instant.EPOCH, Instant.MAX);
    }

    private static Caller local(String name, boolean nameIsEmail) {
        var settings = new LocalUserSettings(Optional.empty(), Optional.empty(), List.of("local"), true, nameIsEmail);
        return new LocalUsers(settings, InstantSource.system()).caller(name);
    }
}
