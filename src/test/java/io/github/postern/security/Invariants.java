package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.SetCookie;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What holds after every attack, whatever it was. */
final class Invariants {
    private static final Set<Integer> FAULTS = Set.of(502, 503, 504);
    private static final Pattern INSIDES = Pattern.compile(
            "(?i)Exception\\b|\\bat [a-z]+(\\.\\w+)+\\(|org\\.(apache|pac4j|jboss|glassfish)|io\\.github\\.postern"
                    + "|\\bjava\\.(lang|util|io)|nimbus|catalina|tomcat|soteria|weld|\\b11\\.0\\.\\d|\\.jsp\\b|WEB-INF");
    private static final Pattern LOG_LINE =
            Pattern.compile("^(\\d{4}-\\d\\d-\\d\\dT|\\d\\d-\\w{3}-\\d{4} |OpenJDK |WARNING: |Picked up |"
                    // in the operator's own format, see Setup.RECORDING
                    + "\\[\\d{4}/\\d\\d/\\d\\d [\\d:]{8}] \\[|AUTH \\S+ \\S+ \\S+ \\[|[0-9a-f.:]+ - \\S+ - \\S+ \\[).*"
                    // a whole object; a stack trace stands in it on the same line
                    + "|\\{\"time\":\"[^\"]+\",\"level\":\"[a-z]+\",(?!.*\\\\tat ).*}");

    private Invariants() {}

    static void hold(Gateway gateway) {
        for (var exchange : gateway.exchanges()) {
            noServerError(gateway, exchange);
            nobodyPassesUnknown(gateway, exchange);
            showsNothingOfItsInsides(exchange);
            keepsSecrets(gateway, exchange);
        }
        logsWithoutSecretsOrForgedLines(gateway);
        signsInAgain(gateway);
    }

    private static void noServerError(Gateway gateway, Gateway.Exchange exchange) {
        int status = exchange.reply().status();
        assertThat(status < 500 || (gateway.hasFailingProvider() && FAULTS.contains(status)))
                .as("no 5xx but for a named fault: %s", exchange)
                .isTrue();
    }

    private static void nobodyPassesUnknown(Gateway gateway, Gateway.Exchange exchange) {
        var users = exchange.reply().all("X-Auth-Request-User");
        if (!exchange.reply().isSuccess()) {
            assertThat(exchange.reply().headers())
                    .as("identity only on success: %s", exchange)
                    .noneMatch(header -> header.name().toLowerCase(Locale.ROOT).startsWith("x-auth-request-"));
        } else if (exchange.request().target().startsWith("/oauth2/auth") && !Rules.letPass(exchange.request())) {
            assertThat(users)
                    .as("a 2xx names its user: %s", exchange)
                    .hasSize(1)
                    .noneMatch(String::isEmpty);
            String token = gateway.acceptsTokens() ? exchange.request().header("Authorization") : "";
            assertThat(exchange.request().header("Cookie") + token)
                    .as("a 2xx has a session: %s", exchange)
                    .isNotEmpty();
        }
    }

    private static void showsNothingOfItsInsides(Gateway.Exchange exchange) {
        // cookies and addresses hold random letters, which spell anything sooner or later
        var shown = new StringBuilder(exchange.reply().body());
        exchange.reply().headers().stream()
                .filter(header ->
                        !header.name().matches("(?i)Set-Cookie|Location|X-Auth-Request-Access-Token|Authorization"))
                .forEach(header ->
                        shown.append('\n').append(header.name()).append(": ").append(header.value()));
        var match = INSIDES.matcher(shown);
        assertThat(match.find() ? match.group() : "")
                .as("nothing of the inside is shown: %s", exchange)
                .isEmpty();
        assertThat(exchange.reply().header("Server")).isEmpty();
    }

    private static void keepsSecrets(Gateway gateway, Gateway.Exchange exchange) {
        // towards the provider's end_session the ID token is the hint; tokens in headers are an option
        var shown = new StringBuilder(exchange.reply().body());
        exchange.reply().headers().stream()
                .filter(header ->
                        !(header.name().equals("Location") && header.value().contains("id_token_hint=")))
                .filter(header -> !header.name().equals("Authorization"))
                .filter(header -> !header.name().equals("X-Auth-Request-Access-Token"))
                .forEach(header -> shown.append('\n').append(header.value()));
        assertThat(secretsIn(shown.toString(), secrets(gateway)))
                .as("no secret is shown: %s", exchange.request())
                .isEmpty();
    }

    private static void logsWithoutSecretsOrForgedLines(Gateway gateway) {
        var output = gateway.output();
        var cookies = gateway.exchanges().stream()
                .flatMap(exchange -> exchange.reply().cookies().stream())
                .map(SetCookie::value)
                .filter(value -> value.length() > 16);
        assertThat(secretsIn(
                        output,
                        Stream.concat(secrets(gateway).stream(), cookies).toList()))
                .as("no secret is logged")
                .isEmpty();
        assertThat(output.lines().filter(line -> !LOG_LINE.matcher(line).matches()))
                .as("every line of the log is ours, and none is a stack trace")
                .isEmpty();
    }

    private static void signsInAgain(Gateway gateway) {
        gateway.keycloak().misbehave();
        var visit = gateway.browser("alice").open("https://mlflow.akko.local/afterwards?a=b");
        assertThat(visit.address())
                .as("a fresh login works: %s", visit)
                .isEqualTo("https://mlflow.akko.local/afterwards?a=b");
        Expect.seenByApp(visit.page(), "alice");
    }

    private static List<String> secrets(Gateway gateway) {
        return Stream.concat(
                        gateway.keycloak().journal().secrets().stream(),
                        Stream.of(Setup.CLIENT_SECRET, Setup.COOKIE_SECRET, "0123456789abcdef0123456789abcdef"))
                .toList();
    }

    private static Set<String> secretsIn(String text, List<String> secrets) {
        var found = new TreeSet<String>();
        secrets.stream().filter(text::contains).forEach(found::add);
        return found;
    }
}
