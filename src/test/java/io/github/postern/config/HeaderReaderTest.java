package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderReaderTest {
    private static final String REDIRECT_URL = "--redirect-url=https://akko.local/oauth2/callback";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "X-A | 'X-A' names no claim; write X-Header=claim",
                "=sub | '' is no header name; use letters, digits and - only, such as X-Department",
                "X A=sub | 'X A' is no header name; use letters, digits and - only, such as X-Department",
                "Xé=sub | 'Xé' is no header name; use letters, digits and - only, such as X-Department",
                "X:A=sub | 'X:A' is no header name; use letters, digits and - only, such as X-Department",
                "X-A= | '' is no claim; write its name or dotted path, such as department or address.country",
                "X-A=access_token | 'access_token' is no claim but a token; pass-access-token and set-authorization-header send tokens",
                "X-A=sub,x_a=email | 'x_a' is there twice; keep one",
                "GAP_auth=sub | 'GAP_auth' is a header that Postern writes itself; choose another name"
            })
    void refusesClaimHeaders(String entries, String words) {
        assertThat(Samples.mistakes("--claim-header=" + entries)).containsExactly("claim-header: " + words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set-Cookie",
                "set_cookie",
                "HOST",
                "Cookie",
                "Location",
                "Cache-Control",
                "Date",
                "WWW-Authenticate",
                "Content-Length",
                "content_type",
                "Transfer-Encoding",
                "Connection",
                "Keep-Alive",
                "Proxy-Authorization",
                "TE",
                "Trailer",
                "Upgrade",
                "Authorization",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "Access-Control-Allow-Origin",
                "Strict-Transport-Security",
                "X-Auth-Request-User",
                "x_auth_request_groups"
            })
    void keepsItsHandsOffHeadersThatMeanSomethingElse(String name) {
        assertThat(Samples.mistakes("--claim-header=" + name + "=sub"))
                .singleElement()
                .asString()
                .startsWith("claim-header: '" + name + "' ");
        assertThat(Samples.mistakes("--signed-identity-header=" + name, REDIRECT_URL))
                .singleElement()
                .asString()
                .startsWith("signed-identity-header: '" + name + "' ");
    }

    @Test
    void takesAnyClaimForAnyOtherHeader() {
        var headers = Samples.read(
                        "--claim-header=Remote-User=preferred_username",
                        "--claim-header=X-Forwarded-Email=email,X-Dept=https://akko.local/dept=x",
                        "--claim-header=X_City=address.city")
                .headers();
        assertThat(headers.usual().claims())
                .containsExactly(
                        Map.entry("Remote-User", "preferred_username"),
                        Map.entry("X-Forwarded-Email", "email"),
                        Map.entry("X-Dept", "https://akko.local/dept=x"),
                        Map.entry("X_City", "address.city"));
        assertThat(headers.usual().furtherClaims())
                .containsExactlyInAnyOrder("https://akko.local/dept=x", "address.city");
    }

    @Test
    void hasRoomForSomeHeadersOnly() {
        String entries = IntStream.range(0, 33).mapToObj(i -> "X-" + i + "=c").collect(Collectors.joining(","));
        assertThat(Samples.mistakes("--claim-header=" + entries))
                .containsExactly("claim-header: has 33 entries, at most 32 fit into an answer; remove some");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--set-basic-auth | basic-auth-password: is missing; set it, or turn set-basic-auth off",
                "--set-basic-auth --basic-auth-password=pw --set-authorization-header | set-basic-auth: and set-authorization-header both write Authorization; turn one of the two off",
                "--user-id-header-claim=name | user-id-header-claim: 'name' is not one of sub, preferred_username, email; claim-header sends any other",
                "--signed-identity-header=X-Jwt | signed-identity-header: needs redirect-url, whose origin names the issuer; set redirect-url, or remove the header",
                "--signed-identity-header=X-Jwt --claim-header=x_jwt=sub --redirect-url=https://a.b | signed-identity-header: 'X-Jwt' is among claim-header too; choose another name",
                "--signed-identity-lifetime=9s | signed-identity-lifetime: must be between 10s and 10m; 60s suits most",
                "--signed-identity-lifetime=11m | signed-identity-lifetime: must be between 10s and 10m; 60s suits most"
            })
    void refusesContradictions(String flags, String line) {
        assertThat(Samples.mistakes(flags.split(" "))).containsExactly(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--basic-auth-password=pw | basic-auth-password has no effect: set-basic-auth is false.",
                "--pass-access-token --set-xauthrequest=false | pass-access-token has no effect: set-xauthrequest is false.",
                "--user-id-header-claim=email --set-xauthrequest=false | user-id-header-claim has no effect: set-xauthrequest is false."
            })
    void tellsWhatIsIdle(String flags, String line) {
        assertThat(Samples.notes(flags.split(" "))).contains(line);
    }

    @Test
    void sendsNoAccessTokenWithoutTheHeadersItBelongsTo() {
        assertThat(Samples.read("--pass-access-token", "--set-xauthrequest=false")
                        .headers()
                        .accessToken())
                .isFalse();
    }

    @Test
    void namesTheIssuerAfterOurOwnOrigin() {
        var signed = Samples.read(
                        "--signed-identity-header=X-Jwt",
                        "--redirect-url=https://akko.local:8443/elsewhere/callback",
                        "--proxy-prefix=/sso")
                .headers()
                .signed();
        assertThat(signed.orElseThrow().issuer()).isEqualTo("https://akko.local:8443/sso");
    }
}
