package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.AccessRule.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessRulesReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsARule() {
        var rule = RuleBooks.of("""
                [[rule]]
                name    = "mlflow admins"
                host    = ["MLflow.akko.local.", "*.apps.akko.local"]
                path    = ["/admin/*", "^/api/[0-9]+$"]
                method  = "get"
                any     = { groups = ["/ml"], roles = "admin", emails = ["Root@akko.local"], claims = { department = ["ai", 7] } }
                all     = { email_domains = ".akko.local" }
                acr     = ["2", "3"]
                max_age = "15m"
                user_id = "preferred_username"
                headers = { X-WEBAUTH-USER = "preferred_username", X-Team = "department" }
                """).rules().get(0);
        assertThat(rule.name()).isEqualTo("mlflow admins");
        assertThat(rule.scope().hosts()).containsExactly("mlflow.akko.local", ".apps.akko.local");
        assertThat(rule.scope().paths().toString()).isEqualTo("[/admin/*, ^/api/[0-9]+$]");
        assertThat(rule.scope().methods()).containsExactly("GET");
        assertThat(rule.who().kind()).isEqualTo(Kind.MEMBERS);
        assertThat(rule.who().any().groups()).containsExactly("/ml", "role:admin");
        assertThat(rule.who().any().emails()).containsExactly("root@akko.local");
        assertThat(rule.who().any().claims()).isEqualTo(Map.of("department", List.of("ai", "7")));
        assertThat(rule.who().all().emailDomains()).containsExactly(".akko.local");
        assertThat(rule.level()).isEqualTo(new Level(List.of("2", "3"), Optional.of(Duration.ofMinutes(15))));
        assertThat(rule.headers().userIdClaim()).isEqualTo("preferred_username");
        assertThat(rule.headers().claims()).containsEntry("X-Team", "department");
    }

    @Test
    void knowsWhatSessionsMustKeepAndAnswersMustCarry() {
        var book = RuleBooks.of("""
                [[rule]]
                host = "a.b"
                any = { claims = { department = "ai", email = "x" } }
                headers = { X-Team = "team", X-Mail = "email" }
                [[rule]]
                signed_in = true
                max_age = "1h"
                headers = { x-team = "groups" }
                """);
        assertThat(book.claims()).containsExactlyInAnyOrder("department", "team", "acr", "auth_time");
        assertThat(book.headerNames()).containsExactly("X-Mail", "X-Team");
        assertThat(book.rules()).extracting(AccessRule::name).containsExactly("rule 1", "rule 2");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '!',
            value = {
                "hosts = 'a.b'                       ! line 2: rule 1: hosts: is not known; did you mean host?",
                "sined_in = true                     ! did you mean signed_in?",
                "name = 7                            ! line 2: rule 1: name: a text in quotes is expected",
                "host = []                           ! line 2: rule 1: host: a text, or a list of at least one, is expected",
                "host = ['a.b', '']                  ! host: a text, or a list",
                "host = 'a.b:8443'                   ! 'a.b:8443' is neither a host",
                "host = '*'                          ! '*' is neither a host",
                "host = 'https://a.b'                ! is neither a host",
                "path = 'admin'                      ! path: 'admin' begins with neither / nor ^",
                "path = '^/(a'                       ! is no RE2 regular expression",
                "method = 'G T'                      ! 'G T' is no method such as GET",
                "public = false                      ! public: can only be true",
                "nobody = true                       ! says twice who may pass",
                "any = {}                            ! names nobody",
                "any = { groups = [] }               ! any: groups: a text, or a list",
                "any = { group = 'a' }               ! any: group: is not known; did you mean groups?",
                "any = 'a'                           ! any: a table such as",
                "any = { emails = 'a' }              ! 'a' is no address",
                "any = { email_domains = '*' }       ! for everybody write signed_in = true",
                "all = { emails = ['a@b', 'c@d'] }   ! nobody has several",
                "any = { claims = { d = {} } }       ! claims: d: a text, or a list",
                "acr = 'a b'                         ! acr: 'a b' is no level",
                "max_age = '30s'                     ! max_age: '30s' is no duration of a minute or more",
                "max_age = '1d'                      ! '1d' is no duration",
                "user_id = 'name'                    ! user_id: 'name' is none of sub",
                "headers = { 'X Y' = 'sub' }         ! headers: X Y: is no header name",
                "headers = { Set-Cookie = 'sub' }    ! has a meaning of its own in HTTP",
                "headers = { Content-Type = 'sub' }  ! has a meaning of its own in HTTP",
                "headers = { X-Forwarded-For = 'a' } ! has a meaning of its own in HTTP",
                "headers = { Authorization = 'a' }   ! has a meaning of its own in HTTP",
                "headers = { X-A = 'sub', X_A = 'b' } ! headers: X_A: is there twice",
                "headers = { X-A = 'sub', x-a = 'b' } ! headers: x-a: is there twice",
                "headers = { X-A = 'access_token' }  ! headers: X-A: 'access_token' is no claim but a token",
                "headers = { X-A = 'id_token' }      ! headers: X-A: 'id_token' is no claim but a token",
            })
    void tellsWhatIsWrongWithARule(String line, String part) {
        assertThat(RuleBooks.mistakes("[[rule]]\n" + line.replace('\'', '"') + "\nsigned_in = true\n"))
                .as(line)
                .anyMatch(mistake -> mistake.contains(part))
                .allMatch(mistake -> mistake.lines().count() == 1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '!',
            value = {
                "''                                              ! holds no rule",
                "x = 1                                           ! line 1: the file: x: is not known",
                "rule = 1                                        ! begin each rule with [[rule]]",
                "[rule]                                          ! begin each rule with [[rule]]",
                "[[rule]                                         ! line 1: not valid TOML",
                "[[rule]]                                        ! says not who may pass",
                "[[rule]]|public = true|acr = '2'                ! nobody signs in for it",
                "[[rule]]|name='a'|public=true|[[rule]]|name='a'|nobody=true ! two rules are named 'a'",
                "[[rule]]|signed_in=true|host='a.b'|headers={X_A='sub'}|[[rule]]|nobody=true|headers={x-a='sub'} ! the rules name headers 'x-a' and 'X_A', which are one to apps",
            })
    void tellsWhatIsWrongWithTheFile(String file, String part) {
        assertThat(RuleBooks.mistakes(file.replace('|', '\n').replace('\'', '"')))
                .anyMatch(mistake -> mistake.contains(part));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '!',
            value = {
                "X_Team   ! --claim-header=X-Team=sub       ! header 'X_Team' and 'X-Team' of claim-header are one to apps; write both the same way",
                "x-team   ! --claim-header=X_Team=sub       ! header 'x-team' and 'X_Team' of claim-header are one to apps; write both the same way",
                "X-Jwt    ! --signed-identity-header=X-Jwt  ! header 'X-Jwt' is 'X-Jwt' of signed-identity-header to apps; choose another name",
                "x_jwt    ! --signed-identity-header=X-Jwt  ! header 'x_jwt' is 'X-Jwt' of signed-identity-header to apps; choose another name",
                "X-Team   ! --claim-header=X-Team=sub       !",
                "x-team   ! --claim-header=X-Team=sub       !",
                "X-Team   ! --signed-identity-header=X-Jwt  !",
            })
    void refusesHeadersThatAppsTakeForTheUsualOnes(String header, String flag, String mistake) throws IOException {
        String file = file("[[rule]]\nsigned_in = true\nheaders = { " + header + " = 'email' }");
        var mistakes = Samples.mistakes(
                "--access-rules-file=" + file, "--redirect-url=https://akko.local/oauth2/callback", flag);
        assertThat(mistakes).isEqualTo(mistake == null ? List.of() : List.of("access-rules-file: " + mistake));
    }

    @Test
    void twoRulesMayNameTheSameHeader() {
        assertThat(RuleBooks.mistakes("""
                [[rule]]
                host = "a.b"
                signed_in = true
                headers = { X_Team = "sub" }
                [[rule]]
                nobody = true
                headers = { X_Team = "email" }
                """)).isEmpty();
    }

    @Test
    void tellsAllMistakesTogether() {
        assertThat(RuleBooks.mistakes("""
                [[rule]]
                host = "a:1"
                path = "b"
                [[rule]]
                publik = true
                """)).hasSize(5);
    }

    @Test
    void boundsTheHeaders() {
        String headers =
                IntStream.range(0, 33).mapToObj(i -> "X-H" + i + " = 'sub'").collect(Collectors.joining(", "));
        assertThat(RuleBooks.mistakes("[[rule]]\nsigned_in = true\nheaders = { " + headers + " }"))
                .singleElement()
                .asString()
                .contains("33 different headers");
    }

    @Test
    void rolesNeedKeycloak() throws IOException {
        String file = file("[[rule]]\nany = { roles = 'admin' }");
        assertThat(Samples.mistakes("--access-rules-file=" + file)).isEmpty();
        assertThat(Samples.mistakes("--access-rules-file=" + file, "--provider=oidc"))
                .singleElement()
                .asString()
                .startsWith("access-rules-file: line 2: rule 1, any: roles: work with provider=keycloak-oidc only");
    }

    @Test
    void warnsOfWhatOpensEverything() throws IOException {
        String file = file("[[rule]]\npublic = true\n[[rule]]\nnobody = true\n");
        assertThat(Samples.warnings("--access-rules-file=" + file)).anyMatch(line -> line.contains("opens every host"));
        assertThat(Samples.notes("--access-rules-file=" + file)).anyMatch(line -> line.contains("never asked"));
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("rules.toml"), content.replace('\'', '"'))
                .toString();
    }
}
