package io.github.postern.forwarded;

import static io.github.postern.config.ForwardedSettings.Source.X_FORWARDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.github.postern.config.ApiSettings;
import io.github.postern.fakes.Dialect;
import io.github.postern.fakes.FakeRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told 401 rather than sent to a sign-in, by the operator's word. */
final class ApiRoutesTest {
    @ParameterizedTest
    @CsvSource({
        "^/api/, /api/x, true",
        "^/api/, /apix, false",
        "/api/, /v1/api/x, true",
        "^/api/, //api/x, true",
        "^/api/, /%61pi/x, true",
        "^/api/, /app;x/api/, false",
        "^/api$, /api;x=1, true",
        "^/api$, /api?x=1, true",
        "format=json, /report?format=json, true",
        "^/api/, /API/x, false",
    })
    void coversByThePathEveryoneReadsAndByTheAddressAsTold(String route, String uri, boolean covered) {
        assertThat(routes(route).cover(read(question(uri)))).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({"/x/../api/y", "/x/%2e%2e/api", "/x%2fapi", "/%zz", "/x%00"})
    void coversWhateverIsAmbiguous(String uri) {
        assertThat(routes("^/api/").cover(read(question(uri)))).isTrue();
    }

    @Test
    void coversWhatNobodyToldOrStrangersTold() {
        assertThat(routes("^/api/").cover(read(question("/x")))).as("control").isFalse();
        assertThat(routes("^/api/").cover(read(question("/x").without("X-Forwarded-Uri"))))
                .isTrue();
        assertThat(routes("^/api/").cover(read(question("/x").header("X-Forwarded-Uri", "/y"))))
                .isTrue();
        assertThat(routes("^/api/").cover(read(question("/x").from("192.0.2.1"))))
                .isTrue();
    }

    @Test
    void coversNothingUnlessToldTo() {
        var none = new ApiRoutes(new ApiSettings(List.of(), false));
        assertThat(none.cover(read(question("/x/../api")))).isFalse();
        assertThat(new ApiRoutes(new ApiSettings(List.of(), true)).cover(read(question("/x"))))
                .isTrue();
    }

    private static ApiRoutes routes(String route) {
        return new ApiRoutes(new ApiSettings(List.of(Pattern.compile(route)), false));
    }

    private static ForwardedRequest read(FakeRequest question) {
        return Forwarded.reader(X_FORWARDED).read(question.toRequest());
    }

    private static FakeRequest question(String uri) {
        return Dialect.CADDY.ask(FakeRequest.get(uri).over("https").header("Host", "app.akko.local"));
    }
}
