package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointReaderTest {
    private static final String CHARSET =
            ": must begin with / and hold letters, digits, / and . _ ~ - only; the default is ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "a", "//a", "/a//b", "/a?b", "/a#b", "/a b", "/a;b", "/%61", "/..", "/a/../b", "/.", "/a\\b",
                "/ä", "/*"
            })
    void refusesPathsThatCouldBeWrittenInTwoWays(String path) {
        assertThat(mistakes("--proxy-prefix=" + path)).contains("proxy-prefix" + CHARSET + "/oauth2");
        assertThat(mistakes("--ping-path=" + path)).containsExactly("ping-path" + CHARSET + "/ping");
        assertThat(mistakes("--ready-path=" + path)).containsExactly("ready-path" + CHARSET + "/ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a/b-c/d_e~f", "/.well-known/x", "/a...b"})
    void acceptsPlainPaths(String path) {
        assertThat(mistakes("--proxy-prefix=" + path)).isEmpty();
        assertThat(mistakes("--ping-path=" + path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--ping-path=/x --ready-path=/x ! ready-path: is the same as ping-path; give each its own path",
                "--ping-path=/oauth2/auth ! ping-path: lies below proxy-prefix, among the sign-in endpoints; move it out",
                "--ready-path=/oauth2 ! ready-path: lies below proxy-prefix, among the sign-in endpoints; move it out",
                "--proxy-prefix=/ping/ ! ping-path: lies below proxy-prefix, among the sign-in endpoints; move it out",
                "--upstream=static://200,static://202 ! upstream: is given 2 times; keep one static://CODE at most",
                "--real-client-ip-header=X-Client-IP ! real-client-ip-header: 'X-Client-IP' is not one of X-Forwarded-For, X-Real-IP, X-ProxyUser-IP, X-Envoy-External-Address, CF-Connecting-IP",
                "--forwarded-source=nginx ! forwarded-source: 'nginx' is not known; choose one of request, x-forwarded, x-original-url",
                "--auth-challenge=never ! auth-challenge: 'never' is not known; choose one of auto, redirect, status-only"
            })
    void refusesWhatCannotWork(String flags, String mistake) {
        assertThat(mistakes(flags.split(" "))).containsExactly(mistake);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app:8080",
                "https://app",
                "file:///srv",
                "unix:///run/x",
                "static://",
                "static://99",
                "static://600",
                "static://100",
                "static://20O"
            })
    void refusesToProxy(String upstream) {
        assertThat(mistakes("--upstream=" + upstream))
                .singleElement()
                .asString()
                .startsWith("upstream: '" + upstream
                        + "' is refused: Postern does not proxy; let your proxy serve the app");
    }

    @ParameterizedTest
    @CsvSource({
        "http://joe:s3cret@app:8080/x, http://***",
        "http://joe:s3/cret@app, http://***",
        "http://joe:s3@cret?@app, http://***",
        "http://joe:s3?cret@app, http://***",
        "joe:s3cret@app, ***",
        "joe:s3@://cret, ***",
        "http://app/?key=s3cret, http://app/?***"
    })
    void showsNoPasswordOfAnUpstream(String upstream, String shown) {
        assertThat(mistakes("--upstream=" + upstream))
                .singleElement()
                .asString()
                .startsWith("upstream: '" + shown + "' is refused")
                .doesNotContain("cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {":4180", "0.0.0.0:4180", "[::]:4180", "127.0.0.1:1", "http://0.0.0.0:5/", "localhost:65535"})
    void acceptsAddressesToListenOn(String address) {
        assertThat(mistakes("--http-address=" + address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4180", ":0", ":65536", ":http", "unix:///run/x", "fd:3", "https://a:1", "::1:80"})
    void refusesOtherAddresses(String address) {
        assertThat(mistakes("--http-address=" + address))
                .containsExactly(
                        "http-address: '" + address + "' is no address and port; write :4180 or 127.0.0.1:4180");
    }

    @Test
    void takesEachHeaderOauth2ProxyTakes() {
        for (String name :
                "X-Forwarded-For X-Real-IP X-ProxyUser-IP X-Envoy-External-Address CF-Connecting-IP".split(" ")) {
            assertThat(Samples.read("--real-client-ip-header=" + name)
                            .forwarded()
                            .clientAddressHeader())
                    .isEqualTo(name);
        }
    }
}
