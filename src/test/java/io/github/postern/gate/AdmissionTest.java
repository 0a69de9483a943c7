package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.AdmissionSettings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who of those signed in may pass. */
final class AdmissionTest {
    @ParameterizedTest(name = "{0} admits {1}: {2}")
    @CsvSource({
        "*, '', true",
        "*, a@anywhere.example, true",
        "akko.local, a@akko.local, true",
        "akko.local, A@AKKO.LOCAL, true",
        "akko.local, a@sub.akko.local, false",
        ".akko.local, a@sub.akko.local, true",
        "*.akko.local, a@sub.akko.local, true",
        "*.akko.local, a@akko.local, false",
        ".akko.local, a@akko.local, false",
        ".akko.local, a@deep.sub.akko.local, true",
        ".akko.local, a@notakko.local, false",
        "akko.local, '', false",
        "akko.local, akko.local, false",
        "akko.local, @akko.local, false",
        // AUZ-11
        "akko.local, a@evil.example@akko.local, false",
        "akko.local, a@akko.local@evil.example, false",
    })
    void admitsByEmailDomain(String domain, String email, boolean admitted) {
        var rules = rules(List.of(domain), List.of());
        assertThat(rules.refusal(caller(email, List.of())).isEmpty()).isEqualTo(admitted);
    }

    @ParameterizedTest(name = "AUZ-01 a member of {0} passes: {1}")
    @CsvSource({
        "admins, true",
        "Admins, false",
        "admins2, false",
        "xadmins, false",
        "admin, false",
        "' admins', false",
        "role:editor, true",
    })
    void admitsByGroup(String group, boolean admitted) {
        var rules = rules(List.of("*"), List.of("admins", "role:editor"));
        assertThat(rules.refusal(caller("", List.of("others", group))).isEmpty())
                .isEqualTo(admitted);
    }

    @ParameterizedTest(name = "{0} lets a@akko.local of {1} pass: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | dev    | true",
                "x=1                                    | dev    | true",
                "allowed_groups=admins                  | dev    | false",
                "allowed_groups=admins                  | admins | true",
                "allowed_groups=dev,admins              | admins | true",
                "allowed_groups=dev&allowed_groups=x    | dev    | false",
                "allowed_groups=x&allowed_groups=dev    | dev    | false",
                "allowed%5Fgroups=admins                | dev    | false",
                "allowed_groups=                        | dev    | true",
                "allowed_emails=a@akko.local            | dev    | true",
                "allowed_emails=A@akko.local            | dev    | false",
                "allowed_email_domains=akko.local       | dev    | true",
                "allowed_email_domains=.local           | dev    | true",
                "allowed_email_domains=.akko.local      | dev    | true",
                "allowed_email_domains=*.akko.local     | dev    | true",
                "allowed_email_domains=*                | dev    | false",
                "allowed_email_domains=AKKO.local       | dev    | true",
                "allowed_roles=dev                      | dev    | false",
                "allowed_roles=dev                      | role:dev | true",
                "allowed_roles=x,mlflow:dev             | role:mlflow:dev | true",
                "allowed_roles=role:dev                 | role:dev | false",
                "allowed_groups=role:dev                | role:dev | true",
                "allowed_roles=dev&allowed_groups=x     | role:dev | false",
                "allowed_email_domains=evil.example     | dev    | false",
                "allowed_groups=dev&allowed_emails=b@x  | dev    | false",
            })
    void theQueryCanOnlyRestrict(String query, String group, boolean admitted) {
        assertThat(QueryConstraints.refusal(query, caller("a@akko.local", List.of(group)))
                        .isEmpty())
                .isEqualTo(admitted);
    }

    /** AUZ-11 */
    @ParameterizedTest(name = "{0} lets {1} pass: {2}")
    @CsvSource({
        "*, '', false",
        "*, a@akko.local, false",
        "akko.local, a@evil.example@akko.local, false",
        ".akko.local, a@evil.example@x.akko.local, false",
        "akko.local, A@Akko.Local, true",
        "akko.local, akko.local, false",
    })
    void theQueryWantsOneDomain(String domain, String email, boolean admitted) {
        var refusal = QueryConstraints.refusal("allowed_email_domains=" + domain, caller(email, List.of()));
        assertThat(refusal.isEmpty()).isEqualTo(admitted);
    }

    @Test
    void tooManyParametersRefuse() {
        String query = "a&".repeat(250) + "allowed_groups=admins";
        assertThat(QueryConstraints.refusal(query, caller("", List.of("dev")))).isPresent();
    }

    private static AdmissionRules rules(List<String> domains, List<String> groups) {
        return new AdmissionRules(new AdmissionSettings(domains, groups, List.of(), false, List.of()));
    }

    private static Caller caller(String email, List<String> groups) {
        return new Caller("sub", email, "", groups, Instant.EPOCH, Instant.MAX);
    }
}
