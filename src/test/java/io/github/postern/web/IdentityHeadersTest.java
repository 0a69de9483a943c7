package io.github.postern.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.postern.config.AppHeaders;
import io.github.postern.config.HeaderSettings;
import io.github.postern.config.HeaderSettings.BasicAuth;
import io.github.postern.config.Secret;
import io.github.postern.gate.Caller;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdentityHeadersTest {
    private static final AppHeaders USUAL = new AppHeaders("sub", Map.of());

    @Test
    void tellsWhatOauth2ProxyTells() {
        assertThat(headers(settings(true, USUAL), People.alice()))
                .containsOnly(
                        entry("GAP-Auth", "alice@akko.local"),
                        entry("X-Auth-Request-User", "f81d4fae"),
                        entry("X-Auth-Request-Email", "alice@akko.local"),
                        entry("X-Auth-Request-Preferred-Username", "alice"),
                        entry("X-Auth-Request-Groups", "/data,role:admin"));
    }

    @Test
    void tellsOneThingEvenWithoutTheOption() {
        assertThat(headers(settings(false, USUAL), People.alice())).containsOnly(entry("GAP-Auth", "alice@akko.local"));
    }

    @Test
    void namesTheSubjectWhereThereIsNoAddress() {
        var caller = People.caller("f81d4fae", "", "", List.of(), Map.of());
        assertThat(headers(settings(true, USUAL), caller))
                .containsEntry("GAP-Auth", "f81d4fae")
                .containsEntry("X-Auth-Request-Email", "")
                .containsEntry("X-Auth-Request-Groups", "");
    }

    @ParameterizedTest
    @CsvSource({
        "sub, '', f81d4fae",
        "preferred_username, '', alice",
        "email, '', alice@akko.local",
        "sub, preferred_username, alice",
        "email, sub, f81d4fae"
    })
    void namesTheUserByTheClaimThatTheAppOrElseTheOperatorChose(String usual, String app, String user) {
        var settings = settings(true, new AppHeaders(usual, Map.of()));
        assertThat(headers(settings, People.alice(), new AppHeaders(app, Map.of()), Set.of()))
                .containsEntry("X-Auth-Request-User", user);
    }

    /** One kind of name must never be taken for another. */
    @Test
    void leavesTheUserEmptyWhereTheChosenClaimIsUnknown() {
        var settings = settings(true, new AppHeaders("preferred_username", Map.of()));
        assertThat(headers(settings, People.caller("f81d4fae", "a@b", "", List.of(), Map.of())))
                .containsEntry("X-Auth-Request-User", "");
    }

    @ParameterizedTest
    @CsvSource({
        "sub, f81d4fae",
        "user, f81d4fae",
        "email, alice@akko.local",
        "preferred_username, alice",
        "groups, '/data,role:admin'",
        "department, R&D",
        "address.city, Zürich",
        "teams, 'a,c'",
        "unknown, ''"
    })
    void putsAnyClaimIntoAnyHeader(String claim, String value) {
        var claims = Map.of(
                "department", List.of("R&D"),
                "address.city", List.of("Zürich"),
                "teams", List.of("a", "b,admins", "c"));
        var caller = People.caller("f81d4fae", "alice@akko.local", "alice", List.of("/data", "role:admin"), claims);
        var settings = settings(true, new AppHeaders("sub", Map.of("X-It", claim)));
        assertThat(headers(settings, caller)).containsEntry("X-It", wire(value));
    }

    @Test
    void sendsHeadersOfOtherAppsEmpty() {
        var usual = new AppHeaders("sub", Map.of("X-Mail", "email", "X-Name", "preferred_username"));
        var app = new AppHeaders("", Map.of("x-name", "sub", "X-Own", "email"));
        var sent = headers(settings(false, usual), People.alice(), app, Set.of("X-Own", "x-name", "X-Other"));
        assertThat(sent)
                .containsOnly(
                        entry("GAP-Auth", "alice@akko.local"),
                        entry("X-Mail", "alice@akko.local"),
                        entry("X-Name", "f81d4fae"),
                        entry("X-Own", "alice@akko.local"),
                        entry("X-Other", ""));
    }

    @Test
    void sendsAllOfThemEmptyWhereNobodyIsSignedIn() {
        var settings = settings(true, new AppHeaders("sub", Map.of("X-Mail", "email")));
        var answer = new Answer();
        new IdentityHeaders(settings, () -> Set.of("X-Other"), Optional.empty()).writeNobody(answer.response());
        assertThat(answer.headers())
                .containsOnlyKeys(
                        "GAP-Auth",
                        "X-Auth-Request-User",
                        "X-Auth-Request-Email",
                        "X-Auth-Request-Preferred-Username",
                        "X-Auth-Request-Groups",
                        "X-Mail",
                        "X-Other")
                .allSatisfy((name, value) -> assertThat(value).isEmpty());
    }

    @Test
    void sendsEmptyWhatHasNoRoom() {
        var claims = Map.of("long", List.of("x".repeat(2000)), "short", List.of("y"));
        var caller = People.caller("s", "a@b", "a", List.of(), claims);
        var app = new AppHeaders("", Map.of("X-2", "long", "X-3", "short"));
        var sent = headers(settings(false, new AppHeaders("sub", Map.of("X-1", "long"))), caller, app, Set.of());
        assertThat(sent).containsEntry("X-2", "").containsEntry("X-3", "y");
        assertThat(sent.get("X-1")).hasSize(2000);
    }

    @ParameterizedTest
    @CsvSource({
        "f81d4fae, alice@akko.local, false, f81d4fae:p:w€",
        "f81d4fae, alice@akko.local, true, alice@akko.local:p:w€",
        "José, j@b, false, José:p:w€",
        "f81d4fae, '', true, ''",
        "f:1:admin, alice@akko.local, false, ''",
        "f:1:admin, alice@akko.local, true, alice@akko.local:p:w€"
    })
    void sendsBasicCredentials(String subject, String email, boolean byEmail, String credentials) {
        var basic = Optional.of(new BasicAuth(new Secret("p:w€"), byEmail));
        var settings = new HeaderSettings(true, false, false, basic, USUAL, Optional.empty());
        var sent = headers(settings, People.caller(subject, email, "a", List.of(), Map.of()));
        if (credentials.isEmpty()) {
            assertThat(sent).doesNotContainKey("Authorization");
        } else {
            assertThat(sent.get("Authorization")).startsWith("Basic ");
            byte[] decoded =
                    Base64.getDecoder().decode(sent.get("Authorization").substring(6));
            assertThat(decoded).asString(UTF_8).isEqualTo(credentials);
        }
    }

    @Test
    void sendsTheTokensThatAreAskedFor() {
        var settings = new HeaderSettings(true, true, true, Optional.empty(), USUAL, Optional.empty());
        assertThat(headers(settings, People.alice()))
                .containsEntry("X-Auth-Request-Access-Token", "access")
                .containsEntry("Authorization", "Bearer id");
    }

    private static HeaderSettings settings(boolean identity, AppHeaders usual) {
        return new HeaderSettings(identity, false, false, Optional.empty(), usual, Optional.empty());
    }

    private static Map<String, String> headers(HeaderSettings settings, Caller caller) {
        return headers(settings, caller, AppHeaders.NONE, Set.of());
    }

    private static Map<String, String> headers(
            HeaderSettings settings, Caller caller, AppHeaders app, Set<String> names) {
        var answer = new Answer();
        var headers = new IdentityHeaders(settings, () -> names, Optional.empty());
        headers.write(caller, app, answer.response());
        headers.writePassword(caller, answer.response());
        return answer.headers();
    }

    private static String wire(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
