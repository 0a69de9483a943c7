package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.notes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.LoggingSettings.Lines;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoggingReaderTest {
    @Test
    void readsTextAndFields() {
        assertThat(format("a {{.Client}}}}{{ .Message }}"))
                .isEqualTo(new LineFormat(List.of("a ", "}}", ""), List.of("Client", "Message")));
        assertThat(format("{\"who\":\"{{.Username}}\"}"))
                .isEqualTo(new LineFormat(List.of("{\"who\":\"", "\"}"), List.of("Username")));
        assertThat(format("only text { here }")).isEqualTo(new LineFormat(List.of("only text { here }"), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{{if .Client}}x{{end}} ! {{if .Client}}",
                "{{.Client | printf \"%q\"}} ! {{.Client | printf \"%q\"}}",
                "{{- .Client -}} ! {{- .Client -}}",
                "x {{.Client ! {{.Client",
                "{{Client}} ! {{Client}}",
                "{{.Client.Name}} ! {{.Client.Name}}",
                "{{}} ! {{}}",
                "{{ ! {{",
                "{{} ! {{}",
                "{{.Message}}{{/* note */}} ! {{/* note */}}"
            })
    void refusesWhatIsMoreThanAField(String template, String named) {
        assertThat(mistakes("--auth-logging-format=" + template))
                .containsExactly("auth-logging-format: '" + named
                        + "' is not understood: only text and fields such as {{.Message}} are");
    }

    @ParameterizedTest
    @CsvSource({
        "auth-logging-format, StatusCode, 'Client, Host, Message, Protocol, RequestID, RequestMethod, Status, Timestamp, UserAgent, Username'",
        "request-logging-format, Message, 'Client, Host, Protocol, RequestDuration, RequestID, RequestMethod, RequestURI, ResponseSize, StatusCode, Timestamp, Upstream, UserAgent, Username'",
        "standard-logging-format, Client, 'File, Message, Timestamp'",
        "standard-logging-format, message, 'File, Message, Timestamp'"
    })
    void refusesFieldsOfOtherLines(String option, String field, String known) {
        assertThat(mistakes("--" + option + "={{.Timestamp}} {{." + field + "}}"))
                .containsExactly(option + ": '{{." + field + "}}' is no field of this line; there are " + known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-logging-format", "request-logging-format", "standard-logging-format"})
    void takesTheFormatsOfOauth2Proxy(String option) {
        var theirs = switch (option) {
            case "auth-logging-format" ->
                "{{.Client}} - {{.RequestID}} - {{.Username}} [{{.Timestamp}}] [{{.Status}}] {{.Message}}";
            case "request-logging-format" ->
                "{{.Client}} - {{.RequestID}} - {{.Username}} [{{.Timestamp}}] {{.Host}} {{.RequestMethod}} {{.Upstream}} {{.RequestURI}} {{.Protocol}} {{.UserAgent}} {{.StatusCode}} {{.ResponseSize}} {{.RequestDuration}}";
            default -> "[{{.Timestamp}}] [{{.File}}] {{.Message}}";
        };
        assertThat(mistakes("--" + option + "=" + theirs)).isEmpty();
    }

    @Test
    void recordsRequestsWhenAskedToOrWhenToldHow() {
        assertThat(requests().on()).isFalse();
        assertThat(requests("--request-logging")).isEqualTo(new Lines(true, Optional.empty()));
        assertThat(requests("--request-logging", "--logging-format=text"))
                .isEqualTo(new Lines(true, Optional.of(LoggingReader.USUAL_REQUEST)));
        assertThat(requests("--request-logging-format={{.Host}}").on()).isTrue();
        assertThat(requests("--request-logging-format={{.Host}}").format()).isPresent();
        assertThat(requests("--request-logging-format={{.Host}}", "--request-logging=false")
                        .on())
                .isFalse();
    }

    private static Lines requests(String... flags) {
        return Samples.read(flags).logging().requests();
    }

    @ParameterizedTest
    @CsvSource({
        "logging-format, xml, 'json, text'",
        "logging-format, JSON, 'json, text'",
        "logging-level, trace, 'debug, error, info, warn'"
    })
    void refusesFormatsAndLevelsItDoesNotKnow(String option, String value, String known) {
        assertThat(mistakes("--" + option + "=" + value))
                .containsExactly(option + ": '" + value + "' is not known; choose one of " + known);
    }

    @Test
    void notesWhatHasNoEffect() {
        assertThat(notes("--auth-logging=false", "--auth-logging-format=x"))
                .contains("auth-logging-format has no effect: auth-logging is false.");
        assertThat(notes("--request-logging=false", "--request-logging-format=x"))
                .contains("request-logging-format has no effect: request-logging is false.");
        assertThat(notes("--standard-logging=false", "--standard-logging-format=x"))
                .contains("standard-logging-format has no effect: standard-logging is false.");
        assertThat(notes("--exclude-logging-path=/x", "--auth-logging=false"))
                .contains("exclude-logging-path has no effect: neither request-logging nor auth-logging is on.");
        assertThat(notes("--check-logging", "--auth-logging=false"))
                .contains("check-logging has no effect: auth-logging is false.");
    }

    @Test
    void knowsWhatAHeaderMayBeCalled() {
        assertThat(mistakes("--request-id-header=X Request"))
                .containsExactly("request-id-header: 'X Request' cannot be a header's name; X-Request-Id is usual");
        assertThat(Samples.read("--request-id-header=").logging().requestIdHeader())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, true",
        "Proxy-Authorization, true",
        "Cookie, true",
        "set-cookie2, true",
        "X_API_KEY, true",
        "X-Auth-Request-Access-Token, true",
        "X-Request-Id, false",
        "X-Amzn-Trace-Id, false",
        "CF-Ray, false",
        "traceparent, false"
    })
    void repeatsNoHeaderThatMayHoldSecrets(String name, boolean refused) {
        var sentence =
                "request-id-header: '" + name + "' may hold secrets, and log lines repeat it; X-Request-Id is usual";
        assertThat(mistakes("--request-id-header=" + name)).isEqualTo(refused ? List.of(sentence) : List.of());
    }

    private static LineFormat format(String template) {
        return Samples.read("--auth-logging-format=" + template)
                .logging()
                .decisions()
                .format()
                .orElseThrow();
    }
}
