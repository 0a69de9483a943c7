package io.github.postern.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Counts what happens beside checks. Every label's value is a word of ours. */
final class EventMeters {
    private static final int MOST_REASONS = 40;

    private final MeterRegistry registry;
    private final Counter started;
    private final Family<Counter> finished;
    private final Family<Counter> failed;
    private final Family<Counter> brought;
    private final Family<Counter> passwordsRefused;
    private final Counter credentialsRefused;
    private final Counter renewed;
    private final Family<Counter> goesOn;
    private final Family<Counter> ends;
    private final Counter notKept;
    private final Family<Counter> signedOut;
    private final Family<Counter> endedByProvider;
    private final Family<Counter> refusedToProvider;
    private final Counter claimsMissing;
    private final Counter faults;

    EventMeters(MeterRegistry registry) {
        this.registry = registry;
        this.started = counter("postern.logins.started", "People sent to the provider to sign in.", Tags.empty());
        this.finished = family("postern.logins.finished", "Logins that ended in a session.", Tags.empty(), "by");
        this.failed = failures("postern");
        this.brought = failures("browser");
        this.passwordsRefused =
                family("postern.passwords.refused", "Names and passwords that were refused.", Tags.empty(), "reason");
        this.credentialsRefused =
                counter("postern.credentials.refused", "Credentials in place of a session, refused.", Tags.empty());
        this.renewed = renewals("renewed").of("");
        this.goesOn = renewals("failed");
        this.ends = renewals("session-ended");
        this.notKept =
                counter("postern.sessions.not.kept", "Renewed sessions that did not reach the browser.", Tags.empty());
        this.signedOut = family("postern.sign.outs", "Sessions ended by people.", Tags.empty(), "by");
        this.endedByProvider = providerSignOuts("done");
        this.refusedToProvider = providerSignOuts("refused");
        this.claimsMissing =
                counter("postern.claims.missing", "Claims that the provider should have sent.", Tags.empty());
        this.faults = counter("postern.faults", "Failures of Postern itself; the request was refused.", Tags.empty());
        List.of("provider", "password").forEach(finished::of);
        List.of("user", "sessions-page").forEach(signedOut::of);
        List.of("back-channel", "front-channel").forEach(endedByProvider::of);
    }

    /** @param reasons of failed logins, told as 0 before there is one: a rise from nothing to 1 is none to Prometheus */
    void expectFailures(Stream<String> reasons) {
        reasons.map(EventMeters::label).forEach(reason -> {
            failed.of(reason);
            brought.of(reason);
        });
    }

    /** @param by who made it fail: what strangers can cause with a browser alone must wake nobody up */
    private Family<Counter> failures(String by) {
        return family("postern.logins.failed", "Logins at the provider that failed.", Tags.of("by", by), "reason");
    }

    private Family<Counter> renewals(String result) {
        return family("postern.renewals", "Renewals of tokens, by result.", Tags.of("result", result), "reason");
    }

    private Family<Counter> providerSignOuts(String result) {
        return family(
                "postern.provider.sign.outs",
                "Sign-outs that the provider told, by how it told them.",
                Tags.of("result", result),
                "by");
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Family<Counter> family(String name, String description, Tags tags, String label) {
        return new Family<>(MOST_REASONS, value -> counter(name, description, tags.and(label, value)));
    }

    void happened(Event event) {
        switch (event.name()) {
            case "sign-in-started" -> started.increment();
            case "signed-in" -> count(finished, event, "by");
            case "sign-in-failed" -> count(event.fact("by").equals("browser") ? brought : failed, event, "reason");
            case "password-refused" -> count(passwordsRefused, event, "reason");
            case "credentials-refused" -> credentialsRefused.increment();
            case "renewed" -> renewed.increment();
            case "renewal-failed" -> count(event.fact("session").equals("ends") ? ends : goesOn, event, "reason");
            case "session-not-kept" -> notKept.increment();
            case "signed-out" -> signedOut.of("user").increment();
            case "sessions-ended" -> signedOut.of("sessions-page").increment();
            case "signed-out-by-provider" -> count(endedByProvider, event, "by");
            case "sign-out-refused" -> count(refusedToProvider, event, "by");
            case "claim-missing" -> claimsMissing.increment();
            case "fault" -> faults.increment();
            default -> {} // other events are for the log alone
        }
    }

    private static void count(Family<Counter> family, Event event, String fact) {
        family.of(label(event.fact(fact))).increment();
    }

    /** Reasons are written as everything else is: in lower case, with hyphens. */
    private static String label(String reason) {
        return reason.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }
}
