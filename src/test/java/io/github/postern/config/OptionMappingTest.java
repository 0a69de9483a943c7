package io.github.postern.config;

import static io.github.postern.config.Option.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.AdmissionSettings.SkipRoute;
import io.github.postern.config.ForwardedSettings.ChallengeMode;
import io.github.postern.config.ForwardedSettings.Source;
import io.github.postern.config.Standing.Effect;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option has its default and reaches its setting, by flag, by environment and from the file. */
final class OptionMappingTest {
    @TempDir
    private Path folder;

    /**
     * Where an option's value ends up.
     *
     * @param setting the part of the settings it decides
     * @param usual the part when the option is not set, or nothing where one of its kind must be set
     * @param text what an operator writes
     * @param expected the part then
     */
    private record Mapping(Function<Settings, Object> setting, Optional<Object> usual, String text, Object expected) {}

    @ParameterizedTest
    @MethodSource("supported")
    void hasItsDefault(Option option) throws IOException {
        var mapping = mapping(option);
        mapping.usual()
                .ifPresentOrElse(
                        usual -> assertThat(mapping.setting().apply(Samples.read()))
                                .isEqualTo(usual),
                        () -> assertThat(Samples.mistakes(Samples.without(option)))
                                .singleElement()
                                .asString()
                                .startsWith(option.flag() + ": is missing"));
    }

    @ParameterizedTest
    @MethodSource("supported")
    void reachesItsSettingFromTheFlag(Option option) throws IOException {
        var mapping = mapping(option);
        var settings = SettingsReader.read(
                List.of("--" + option.flag() + "=" + mapping.text()), Samples.without(rival(option)));
        assertThat(mapping.setting().apply(settings)).isEqualTo(mapping.expected());
    }

    @ParameterizedTest
    @MethodSource("supported")
    void reachesItsSettingFromTheEnvironment(Option option) throws IOException {
        var mapping = mapping(option);
        var environment = Samples.without(rival(option));
        environment.put(option.environment(), mapping.text());
        assertThat(mapping.setting().apply(SettingsReader.read(List.of(), environment)))
                .isEqualTo(mapping.expected());
    }

    @ParameterizedTest
    @MethodSource("supported")
    void reachesItsSettingFromTheFile(Option option) throws IOException {
        var mapping = mapping(option);
        String line = option.isInFile() ? option.key() + " = '" + mapping.text() + "'\n" : "cookie_name = 'filed'\n";
        var file = Files.writeString(folder.resolve("postern.cfg"), line);
        var settings =
                SettingsReader.read(List.of("--config", file.toString()), Samples.without(rival(option), option));
        assertThat(mapping.setting().apply(settings)).isEqualTo(mapping.expected());
    }

    @ParameterizedTest
    @MethodSource("idle")
    void tellsThatItIsIdle(Option option) {
        assertThat(Samples.notes("--" + option.flag() + "=" + unusual(option)))
                .contains(option.flag() + " " + option.standing().sentence() + ".");
    }

    @ParameterizedTest
    @MethodSource("mistaken")
    void refusesWhatItCannotDo(Option option) {
        assertThat(Samples.mistakes("--" + option.flag() + "=" + unusual(option)))
                .containsExactly(option.flag() + ": " + option.standing().sentence());
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void acceptsItsDefaultWrittenOut(Option option) {
        assertThat(Samples.mistakes("--" + option.flag() + "=" + option.defaultValue()))
                .allMatch(mistake -> option.defaultValue().isEmpty() && mistake.startsWith(option.flag()));
    }

    private static Stream<Option> supported() {
        return Samples.options(Effect.WORKS);
    }

    private static Stream<Option> idle() {
        return Samples.options(Effect.NOTICE);
    }

    private static Stream<Option> mistaken() {
        return Samples.options(Effect.MISTAKE);
    }

    private static String unusual(Option option) {
        return switch (option.type()) {
            case BOOL -> String.valueOf(!Boolean.parseBoolean(option.defaultValue()));
            case INT -> "5";
            case DURATION -> "17m";
            case STRING, LIST -> "something";
        };
    }

    /** The option that must give way for this one to count. */
    private static Option rival(Option option) {
        return switch (option) {
            case CLIENT_SECRET_FILE -> CLIENT_SECRET;
            case COOKIE_SECRET_FILE -> COOKIE_SECRET;
            default -> option;
        };
    }

    /** The default branch fails for an option that was forgotten here. */
    private Mapping mapping(Option option) throws IOException {
        return switch (option.section()) {
            case START -> started(option);
            case OIDC -> provider(option);
            case COOKIES -> cookies(option);
            case HEADERS -> headers(option);
            case REQUESTS -> requests(option);
            default -> server(option);
        };
    }

    private Mapping started(Option option) throws IOException {
        assertThat(option).isEqualTo(CONFIG);
        String file = Files.writeString(folder.resolve("postern.cfg"), "cookie_name = 'filed'\n")
                .toString();
        return mapping(settings -> settings.cookies().name(), "_oauth2_proxy", file, "filed");
    }

    private Mapping provider(Option option) throws IOException {
        String pem =
                Files.writeString(folder.resolve("ca.pem"), Samples.CERTIFICATE).toString();
        String secret = Files.writeString(folder.resolve("secret"), "filed\r\n").toString();
        return switch (option) {
            case PROVIDER -> required(settings -> settings.provider().keycloak(), "oidc", false);
            case CLIENT_ID -> required(settings -> settings.provider().clientId(), "c", "c");
            case CLIENT_SECRET -> required(settings -> settings.provider().clientSecret(), "s", new Secret("s"));
            case CLIENT_SECRET_FILE ->
                mapping(
                        settings -> settings.provider().clientSecret(),
                        new Secret(Samples.CLIENT_SECRET),
                        secret,
                        new Secret("filed"));
            case OIDC_ISSUER_URL -> required(settings -> settings.provider().issuer(), "https://i/r/", "https://i/r/");
            case PROVIDER_DISPLAY_NAME ->
                mapping(settings -> settings.provider().displayName(), "Keycloak OIDC", "AKKO", "AKKO");
            case SCOPE ->
                mapping(
                        settings -> settings.provider().scopes(),
                        List.of("openid", "email", "profile"),
                        "openid groups",
                        List.of("openid", "groups"));
            case ALLOWED_GROUP ->
                mapping(settings -> settings.admission().allowedGroups(), List.of(), "/a, b", List.of("/a", "b"));
            case ALLOWED_ROLE ->
                mapping(
                        settings -> settings.admission().allowedGroups(),
                        List.of(),
                        "a,c:b",
                        List.of("role:a", "role:c:b"));
            case CODE_CHALLENGE_METHOD, FORCE_CODE_CHALLENGE_METHOD -> idle("S256");
            case OIDC_GROUPS_CLAIM -> mapping(settings -> settings.provider().groupsClaim(), "groups", "a.b", "a.b");
            case OIDC_EMAIL_CLAIM -> mapping(settings -> settings.provider().emailClaim(), "email", "mail", "mail");
            case INSECURE_OIDC_ALLOW_UNVERIFIED_EMAIL ->
                mapping(settings -> settings.provider().allowUnverifiedEmail(), false, "true", true);
            case INSECURE_OIDC_SKIP_NONCE -> idle("true");
            case PROMPT ->
                mapping(settings -> settings.provider().prompt(), Optional.empty(), "login", Optional.of("login"));
            case ACR_VALUES ->
                mapping(settings -> settings.provider().acrValues(), Optional.empty(), "2", Optional.of("2"));
            case PROVIDER_CA_FILE ->
                mapping(settings -> settings.provider().caFiles(), List.of(), pem, List.of(Path.of(pem)));
            case USE_SYSTEM_TRUST_STORE ->
                mapping(settings -> settings.provider().useSystemTrustStore(), false, "1", true);
            case SSL_INSECURE_SKIP_VERIFY ->
                mapping(settings -> settings.provider().skipTlsVerify(), false, "T", true);
            case PROVIDER_TIMEOUT ->
                mapping(
                        settings -> settings.provider().timeout(),
                        Duration.ofSeconds(5),
                        "10s",
                        Duration.ofSeconds(10));
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private Mapping cookies(Option option) throws IOException {
        String secret =
                Files.writeString(folder.resolve("key"), "0123456789abcdef\n").toString();
        var key = List.of(SealingSecret.of(Samples.bytes("0123456789abcdef")));
        return switch (option) {
            case COOKIE_NAME -> mapping(settings -> settings.cookies().name(), "_oauth2_proxy", "_akko", "_akko");
            case COOKIE_SECRET -> required(settings -> settings.cookies().secrets(), "0123456789abcdef", key);
            case COOKIE_SECRET_FILE ->
                mapping(
                        settings -> settings.cookies().secrets(),
                        Samples.read().cookies().secrets(),
                        secret,
                        key);
            case COOKIE_DOMAIN ->
                mapping(settings -> settings.cookies().domains(), List.of(), ".akko.local", List.of("akko.local"));
            case COOKIE_PATH -> mapping(settings -> settings.cookies().path(), "/", "/a", "/a");
            case COOKIE_SECURE -> mapping(settings -> settings.cookies().secure(), true, "false", false);
            case COOKIE_HTTPONLY -> mapping(settings -> settings.cookies().httpOnly(), true, "0", false);
            case COOKIE_SAMESITE -> mapping(settings -> settings.cookies().sameSite(), "Lax", "strict", "Strict");
            case COOKIE_EXPIRE ->
                mapping(
                        settings -> settings.cookies().lifetime(),
                        Duration.ofHours(168),
                        "1h30m",
                        Duration.ofMinutes(90));
            case COOKIE_REFRESH ->
                mapping(settings -> settings.cookies().refreshAfter(), Duration.ZERO, "5m", Duration.ofMinutes(5));
            case COOKIE_CSRF_PER_REQUEST -> idle("false");
            case COOKIE_CSRF_PER_REQUEST_LIMIT ->
                mapping(settings -> settings.cookies().loginLimit(), 16, "3", 3);
            case COOKIE_CSRF_EXPIRE ->
                mapping(
                        settings -> settings.cookies().loginLifetime(),
                        Duration.ofMinutes(15),
                        "1m",
                        Duration.ofMinutes(1));
            case COOKIE_CSRF_SAMESITE -> mapping(settings -> settings.cookies().loginSameSite(), "Lax", "none", "None");
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private static Mapping headers(Option option) {
        return switch (option) {
            case SET_XAUTHREQUEST -> mapping(settings -> settings.headers().identity(), true, "false", false);
            case PASS_ACCESS_TOKEN -> mapping(settings -> settings.headers().accessToken(), false, "true", true);
            case SET_AUTHORIZATION_HEADER ->
                mapping(settings -> settings.headers().authorization(), false, "true", true);
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private static Mapping requests(Option option) {
        return switch (option) {
            case PROXY_PREFIX -> mapping(settings -> settings.endpoints().prefix(), "/oauth2", "/sso/", "/sso");
            case TRUSTED_PROXY_IP ->
                mapping(
                        settings -> printed(settings.forwarded().trustedProxies()),
                        "[127.0.0.0/8, ::1/128, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7]",
                        "10.1.0.0/16",
                        "[10.1.0.0/16]");
            case REAL_CLIENT_IP_HEADER ->
                mapping(
                        settings -> settings.forwarded().clientAddressHeader(),
                        "X-Real-IP",
                        "x-forwarded-for",
                        "X-Forwarded-For");
            case FORWARDED_SOURCE ->
                mapping(
                        settings -> settings.forwarded().source(),
                        Source.X_FORWARDED,
                        "x-original-url",
                        Source.X_ORIGINAL_URL);
            case AUTH_CHALLENGE ->
                mapping(
                        settings -> settings.forwarded().challenge(),
                        ChallengeMode.AUTO,
                        "status-only",
                        ChallengeMode.STATUS_ONLY);
            case TRUSTED_IP ->
                mapping(settings -> printed(settings.admission().trustedClients()), "[]", "1.2.3.4", "[1.2.3.4]");
            case REDIRECT_URL ->
                mapping(
                        settings -> settings.provider().redirectUrl(),
                        Optional.empty(),
                        "https://akko.local",
                        Optional.of(URI.create("https://akko.local/oauth2/callback")));
            case WHITELIST_DOMAIN ->
                mapping(
                        settings -> settings.forwarded().returnDomains(),
                        List.of(),
                        "*.A.b,c:*",
                        List.of(".a.b", "c:*"));
            case EMAIL_DOMAIN ->
                required(settings -> settings.admission().emailDomains(), "A.b,.c.d", List.of("a.b", ".c.d"));
            case SKIP_PROVIDER_BUTTON ->
                mapping(settings -> settings.endpoints().skipProviderButton(), false, "true", true);
            case SKIP_AUTH_ROUTE -> mapping(settings -> routes(settings), "[]", "get!=^/a", "[Optional[GET] true ^/a]");
            case SKIP_AUTH_REGEX ->
                mapping(settings -> routes(settings), "[]", "^/a=b", "[Optional.empty false ^/a=b]");
            case SKIP_AUTH_PREFLIGHT -> mapping(settings -> settings.admission().skipPreflight(), false, "true", true);
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private static Mapping server(Option option) {
        return switch (option) {
            case PING_PATH -> mapping(settings -> settings.endpoints().pingPath(), "/ping", "/live", "/live");
            case PING_USER_AGENT ->
                mapping(
                        settings -> settings.endpoints().pingUserAgent(),
                        Optional.empty(),
                        "lb/1",
                        Optional.of("lb/1"));
            case READY_PATH -> mapping(settings -> settings.endpoints().readyPath(), "/ready", "/up", "/up");
            case HTTP_ADDRESS -> idle("0.0.0.0:80");
            case SESSION_STORE_TYPE -> idle("cookie");
            case SILENCE_PING_LOGGING -> idle("false");
            case UPSTREAM -> mapping(settings -> settings.endpoints().upstreamStatus(), 200, "static://202", 202);
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private static String routes(Settings settings) {
        return settings.admission().skipRoutes().stream()
                .map(OptionMappingTest::route)
                .toList()
                .toString();
    }

    private static String route(SkipRoute route) {
        return route.method() + " " + route.negated() + " " + route.path();
    }

    private static String printed(List<?> addresses) {
        return addresses.toString();
    }

    private static Mapping mapping(Function<Settings, Object> setting, Object usual, String text, Object expected) {
        return new Mapping(setting, Optional.of(usual), text, expected);
    }

    private static Mapping required(Function<Settings, Object> setting, String text, Object expected) {
        return new Mapping(setting, Optional.empty(), text, expected);
    }

    /** An option that is accepted and decides nothing in the settings: they are all as without it. */
    private static Mapping idle(String text) {
        return mapping(
                settings -> settings.cookies().toString() + settings.provider() + settings.endpoints(),
                everything(),
                text,
                everything());
    }

    private static String everything() {
        var settings = Samples.read();
        return settings.cookies().toString() + settings.provider() + settings.endpoints();
    }
}
