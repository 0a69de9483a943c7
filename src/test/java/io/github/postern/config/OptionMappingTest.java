package io.github.postern.config;

import static io.github.postern.config.Option.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.postern.config.AdmissionSettings.SkipRoute;
import io.github.postern.config.BearerSettings.ExtraIssuer;
import io.github.postern.config.ClusterSettings.Discovery;
import io.github.postern.config.ForwardedSettings.ChallengeMode;
import io.github.postern.config.ForwardedSettings.Source;
import io.github.postern.config.HeaderSettings.BasicAuth;
import io.github.postern.config.HeaderSettings.SignedIdentity;
import io.github.postern.config.LoggingSettings.LogLevel;
import io.github.postern.config.ProviderAddresses.Given;
import io.github.postern.config.RedisSettings.Cluster;
import io.github.postern.config.RedisSettings.Login;
import io.github.postern.config.RedisSettings.Node;
import io.github.postern.config.RedisSettings.Sentinels;
import io.github.postern.config.ServerSettings.Address;
import io.github.postern.config.ServerSettings.Tls;
import io.github.postern.config.Standing.Effect;
import io.github.postern.testbed.Certificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option has its default and reaches its setting, by flag, by environment and from the file. */
final class OptionMappingTest {
    private static final Set<Option> TLS =
            Set.of(HTTPS_ADDRESS, TLS_CERT_FILE, TLS_KEY_FILE, TLS_MIN_VERSION, TLS_CIPHER_SUITE);
    private static final Certificate PAIR =
            Certificate.create("postern.test", Path.of("target", "pair").toAbsolutePath());

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
        var settings = SettingsReader.read(List.of("--" + option.flag() + "=" + mapping.text()), company(option));
        assertThat(mapping.setting().apply(settings)).isEqualTo(mapping.expected());
    }

    @ParameterizedTest
    @MethodSource("supportedInTheEnvironment")
    void reachesItsSettingFromTheEnvironment(Option option) throws IOException {
        var mapping = mapping(option);
        var environment = company(option);
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
        var environment = company(option);
        environment.remove(option.environment());
        var settings = SettingsReader.read(List.of("--config", file.toString()), environment);
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

    private static Stream<Option> supportedInTheEnvironment() {
        return supported().filter(Option::isInEnvironment);
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

    /** The options without which this one would not count, or not be allowed. */
    private static Map<Option, String> companions(Option option) {
        return switch (option) {
            case SET_BASIC_AUTH -> Map.of(BASIC_AUTH_PASSWORD, "pw");
            case BASIC_AUTH_PASSWORD -> Map.of(SET_BASIC_AUTH, "true");
            case PREFER_EMAIL_TO_USER -> Map.of(SET_BASIC_AUTH, "true", BASIC_AUTH_PASSWORD, "pw");
            case CLUSTER, CLUSTER_ADDRESS, CLUSTER_MEMBER, CLUSTER_SECRET ->
                Map.of(CLUSTER, "static", CLUSTER_ADDRESS, "10.0.0.2:4001", CLUSTER_MEMBER, "10.0.0.2:4001");
            case SIGNED_IDENTITY_HEADER -> Map.of(REDIRECT_URL, "https://akko.local/oauth2/callback");
            case SIGNED_IDENTITY_LIFETIME ->
                Map.of(REDIRECT_URL, "https://akko.local/oauth2/callback", SIGNED_IDENTITY_HEADER, "X-Jwt");
            case REDIS_USERNAME, REDIS_PASSWORD, REDIS_CA_PATH, REDIS_INSECURE_SKIP_TLS_VERIFY, REDIS_TIMEOUT ->
                Map.of(REDIS_CONNECTION_URL, "redis://r");
            case REDIS_USE_SENTINEL ->
                Map.of(REDIS_SENTINEL_CONNECTION_URLS, "redis://s", REDIS_SENTINEL_MASTER_NAME, "m");
            case REDIS_SENTINEL_MASTER_NAME, REDIS_SENTINEL_PASSWORD, REDIS_SENTINEL_CONNECTION_URLS ->
                Map.of(
                        REDIS_USE_SENTINEL, "true",
                        REDIS_SENTINEL_CONNECTION_URLS, "redis://s",
                        REDIS_SENTINEL_MASTER_NAME, "m");
            case REDIS_USE_CLUSTER -> Map.of(REDIS_CLUSTER_CONNECTION_URLS, "redis://c");
            case REDIS_CLUSTER_CONNECTION_URLS -> Map.of(REDIS_USE_CLUSTER, "true");
            default -> Map.of();
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

    /** What must be set besides, for the option to count. */
    private static Map<String, String> company(Option option) {
        var environment = Samples.without(rival(option));
        var addresses = List.of(SKIP_OIDC_DISCOVERY, LOGIN_URL, REDEEM_URL, PROFILE_URL, OIDC_JWKS_URL);
        if (addresses.contains(option) || option == OIDC_PUBLIC_KEY_FILE) {
            environment.put(SKIP_OIDC_DISCOVERY.environment(), "true");
            environment.put(LOGIN_URL.environment(), "https://i/login");
            environment.put(REDEEM_URL.environment(), "https://i/token");
        }
        if (addresses.contains(option)) {
            environment.put(OIDC_JWKS_URL.environment(), "https://i/keys");
        }
        if (TLS.contains(option)) {
            environment.put(TLS_CERT_FILE.environment(), PAIR.chain().toString());
            environment.put(TLS_KEY_FILE.environment(), PAIR.key().toString());
        }
        companions(option).forEach((companion, text) -> environment.put(companion.environment(), text));
        return environment;
    }

    /** The default branch fails for an option that was forgotten here. */
    private Mapping mapping(Option option) throws IOException {
        if (option == ACCESS_RULES_FILE) {
            return accessRules();
        }
        return switch (option.section()) {
            case START -> started(option);
            case OIDC -> provider(option);
            case COOKIES -> cookies(option);
            case HEADERS -> headers(option);
            case REQUESTS -> requests(option);
            case LOGS -> logs(option);
            case PAGES -> pages(option);
            case STORE -> store(option);
            default -> server(option);
        };
    }

    private Mapping accessRules() throws IOException {
        String file = Files.writeString(folder.resolve("rules.toml"), "[[rule]]\nname = 'all'\nsigned_in = true\n")
                .toString();
        return mapping(
                settings -> settings.accessRules().stream()
                        .flatMap(rules -> rules.content().rules().stream())
                        .map(AccessRule::name)
                        .toList(),
                List.of(),
                file,
                List.of("all"));
    }

    private Mapping started(Option option) throws IOException {
        if (option != CONFIG) {
            // the launcher alone answers these
            return mapping(
                    Settings::headers,
                    Samples.read().headers(),
                    "true",
                    Samples.read().headers());
        }
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
            case OIDC_AUDIENCE_CLAIM ->
                mapping(
                        settings -> settings.provider().audiences().claims(),
                        List.of("aud"),
                        "azp,aud",
                        List.of("azp", "aud"));
            case OIDC_EXTRA_AUDIENCE ->
                mapping(
                        settings -> settings.provider().audiences().extra(),
                        List.of(),
                        "account, api",
                        List.of("account", "api"));
            case INSECURE_OIDC_ALLOW_UNVERIFIED_EMAIL ->
                mapping(settings -> settings.provider().allowUnverifiedEmail(), false, "true", true);
            case INSECURE_OIDC_SKIP_NONCE -> idle("true");
            case PROMPT ->
                mapping(settings -> settings.provider().prompt(), Optional.empty(), "login", Optional.of("login"));
            case ACR_VALUES ->
                mapping(settings -> settings.provider().acrValues(), Optional.empty(), "2", Optional.of("2"));
            case USER_ID_CLAIM -> mapping(settings -> settings.provider().emailClaim(), "email", "uid", "uid");
            case INSECURE_OIDC_SKIP_ISSUER_VERIFICATION ->
                mapping(settings -> settings.provider().idTokens().anyIssuer(), false, "true", true);
            case SKIP_OIDC_DISCOVERY ->
                mapping(settings -> addresses(settings).given().isPresent(), false, "true", true);
            case LOGIN_URL -> address(settings -> addresses(settings).given().map(Given::login));
            case REDEEM_URL -> address(settings -> addresses(settings).given().map(Given::redeem));
            case PROFILE_URL -> address(settings -> addresses(settings).given().flatMap(Given::profile));
            case OIDC_JWKS_URL ->
                address(settings -> addresses(settings).given().flatMap(Given::keys));
            case VALIDATE_URL -> address(settings -> addresses(settings).validate());
            case BACKEND_LOGOUT_URL ->
                mapping(
                        settings -> addresses(settings).backendLogout(),
                        Optional.empty(),
                        "https://i/out?t={id_token}",
                        Optional.of("https://i/out?t={id_token}"));
            case OIDC_PUBLIC_KEY_FILE ->
                mapping(settings -> settings.provider().idTokens().keys().size(), 0, pem, 1);
            case OIDC_ENABLED_SIGNING_ALG ->
                mapping(
                        settings -> settings.provider().idTokens().algorithms(),
                        List.of(),
                        "ES256,RS256",
                        List.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256));
            case SKIP_CLAIMS_FROM_PROFILE_URL ->
                mapping(settings -> settings.provider().signIn().askProfile(), true, "true", false);
            case AUTH_REQUEST_RESPONSE_MODE ->
                mapping(
                        settings -> settings.provider().signIn().responseMode(),
                        Optional.empty(),
                        "query",
                        Optional.of("query"));
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

    private static ProviderAddresses addresses(Settings settings) {
        return settings.provider().addresses();
    }

    private static Mapping address(Function<Settings, Object> setting) {
        return mapping(setting, Optional.empty(), "https://i/a?b", Optional.of(URI.create("https://i/a?b")));
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
            case SECRET_RELOAD -> mapping(settings -> settings.secretFiles().reload(), true, "false", false);
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
            case SESSION_IDLE_TIMEOUT ->
                mapping(settings -> settings.cookies().idleTimeout(), Duration.ZERO, "30m", Duration.ofMinutes(30));
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
            case SET_BASIC_AUTH -> basic("true", false);
            case BASIC_AUTH_PASSWORD -> basic("pw", false);
            case PREFER_EMAIL_TO_USER -> basic("true", true);
            case USER_ID_HEADER_CLAIM ->
                mapping(settings -> settings.headers().usual().userIdClaim(), "sub", "email", "email");
            case CLAIM_HEADER ->
                mapping(
                        settings -> settings.headers().usual().claims(),
                        Map.of(),
                        "X-Department = department, x_city=address.city",
                        Map.of("X-Department", "department", "x_city", "address.city"));
            case SIGNED_IDENTITY_HEADER -> signed("X-Jwt", 60);
            case SIGNED_IDENTITY_LIFETIME -> signed("2m", 120);
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private static Mapping basic(String text, boolean byEmail) {
        var expected = new BasicAuth(new Secret("pw"), byEmail);
        return mapping(settings -> settings.headers().basic(), Optional.empty(), text, Optional.of(expected));
    }

    private static Mapping signed(String text, int seconds) {
        var expected = new SignedIdentity("X-Jwt", Duration.ofSeconds(seconds), "https://akko.local/oauth2");
        return mapping(settings -> settings.headers().signed(), Optional.empty(), text, Optional.of(expected));
    }

    private Mapping localUsers(Option option) throws IOException {
        String emails = Files.writeString(folder.resolve("emails"), "A@b.c\n").toString();
        String passwords = Files.writeString(folder.resolve("htpasswd"), "alice:{SHA}KkPcK3XYeA35EhWhKYmaCyAgadY=\n")
                .toString();
        return switch (option) {
            case AUTHENTICATED_EMAILS_FILE ->
                mapping(
                        settings -> settings.users().emails().map(SettingsFile::content),
                        Optional.empty(),
                        emails,
                        Optional.of(new EmailList(Set.of("a@b.c"))));
            case HTPASSWD_FILE ->
                mapping(
                        settings -> settings.users()
                                .passwords()
                                .map(file -> file.content().users().keySet()),
                        Optional.empty(),
                        passwords,
                        Optional.of(Set.of("alice")));
            default -> mapping(settings -> settings.users().groups(), List.of(), "/a, b", List.of("/a", "b"));
        };
    }

    private Mapping requests(Option option) throws IOException {
        return switch (option) {
            case AUTHENTICATED_EMAILS_FILE, HTPASSWD_FILE, HTPASSWD_USER_GROUP -> localUsers(option);
            // shows in the settings only beside an htpasswd-file, see LocalUserReaderTest
            case DISPLAY_HTPASSWD_FORM -> idle("false");
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
            case RELATIVE_REDIRECT_URL ->
                mapping(
                        settings -> settings.provider().signIn().relativeRedirect(),
                        Optional.empty(),
                        "true",
                        Optional.of("/oauth2/callback"));
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
            case FORCE_HTTPS ->
                mapping(settings -> settings.server().httpsPort(), OptionalInt.empty(), "true", OptionalInt.of(443));
            case SKIP_JWT_BEARER_TOKENS -> mapping(settings -> settings.bearer().accepted(), false, "true", true);
            case EXTRA_JWT_ISSUERS ->
                mapping(
                        settings -> settings.bearer().extraIssuers(),
                        List.of(),
                        "https://i/=a,https://j=b=c",
                        List.of(new ExtraIssuer("https://i/", "a"), new ExtraIssuer("https://j", "b=c")));
            case BEARER_TOKEN_LOGIN_FALLBACK ->
                mapping(settings -> settings.bearer().loginFallback(), true, "false", false);
            case SKIP_AUTH_PREFLIGHT -> mapping(settings -> settings.admission().skipPreflight(), false, "true", true);
            case API_ROUTE -> mapping(settings -> printed(settings.api().routes()), "[]", "^/api,/v1", "[^/api, /v1]");
            case FORCE_JSON_ERRORS -> mapping(settings -> settings.api().jsonErrors(), false, "true", true);
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
            case HTTP_ADDRESS ->
                mapping(
                        settings -> settings.server().address(),
                        Optional.empty(),
                        ":80",
                        Optional.of(new Address("0.0.0.0", 80)));
            case HTTPS_ADDRESS ->
                mapping(
                        settings -> settings.server().address(),
                        Optional.empty(),
                        "[::1]:8443",
                        Optional.of(new Address("::1", 8443)));
            case TLS_CERT_FILE ->
                mapping(
                        settings -> settings.server().tls().map(Tls::certificate),
                        Optional.empty(),
                        PAIR.chain().toString(),
                        Optional.of(PAIR.chain()));
            case TLS_KEY_FILE ->
                mapping(
                        settings -> settings.server().tls().map(Tls::key),
                        Optional.empty(),
                        PAIR.key().toString(),
                        Optional.of(PAIR.key()));
            case TLS_MIN_VERSION ->
                mapping(
                        settings -> settings.server().tls().map(Tls::protocols),
                        Optional.empty(),
                        "TLS1.3",
                        Optional.of(List.of("TLSv1.3")));
            case TLS_CIPHER_SUITE ->
                mapping(
                        settings -> settings.server().tls().map(Tls::suites),
                        Optional.empty(),
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_AES_128_GCM_SHA256",
                        Optional.of(List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")));
            case SHUTDOWN_DELAY ->
                mapping(
                        settings -> settings.server().shutdownDelay(),
                        Duration.ofSeconds(3),
                        "10s",
                        Duration.ofSeconds(10));
            case METRICS_ADDRESS ->
                mapping(
                        settings -> settings.server().metrics(),
                        Optional.empty(),
                        "http://:44180",
                        Optional.of(new Address("0.0.0.0", 44180)));
            case UPSTREAM -> mapping(settings -> settings.endpoints().upstreamStatus(), 200, "static://202", 202);
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private static Mapping logs(Option option) {
        String template = "{{.Timestamp}} x";
        var format = Optional.of(new LineFormat(List.of("", " x"), List.of("Timestamp")));
        return switch (option) {
            case AUTH_LOGGING ->
                mapping(settings -> settings.logging().decisions().on(), true, "false", false);
            case CHECK_LOGGING -> mapping(settings -> settings.logging().checks(), true, "false", false);
            case LOGGING_FORMAT -> mapping(settings -> settings.logging().json(), true, "text", false);
            case LOGGING_LEVEL -> mapping(settings -> settings.logging().level(), LogLevel.INFO, "warn", LogLevel.WARN);
            case AUTH_LOGGING_FORMAT ->
                mapping(settings -> settings.logging().decisions().format(), Optional.empty(), template, format);
            case REQUEST_LOGGING ->
                mapping(settings -> settings.logging().requests().on(), false, "true", true);
            case REQUEST_LOGGING_FORMAT ->
                mapping(settings -> settings.logging().requests().format(), Optional.empty(), template, format);
            case STANDARD_LOGGING ->
                mapping(settings -> settings.logging().standard().on(), true, "0", false);
            case STANDARD_LOGGING_FORMAT ->
                mapping(settings -> settings.logging().standard().format(), Optional.empty(), template, format);
            case ERRORS_TO_INFO_LOG -> mapping(settings -> settings.logging().errorsToOutput(), false, "t", true);
            case EXCLUDE_LOGGING_PATH ->
                mapping(settings -> settings.logging().excludedPaths(), List.of(), "/a,/b", List.of("/a", "/b"));
            case LOGGING_LOCAL_TIME -> mapping(settings -> settings.logging().localTime(), true, "false", false);
            case SILENCE_PING_LOGGING -> mapping(settings -> settings.logging().probes(), true, "true", false);
            case REQUEST_ID_HEADER ->
                mapping(
                        settings -> settings.logging().requestIdHeader(),
                        Optional.of("X-Request-Id"),
                        "X-Trace",
                        Optional.of("X-Trace"));
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private static Mapping pages(Option option) {
        return switch (option) {
            case CUSTOM_SIGN_IN_LOGO ->
                mapping(
                        settings -> settings.pages().logo(),
                        Logo.OURS,
                        "https://cdn.akko.local/l.png",
                        new Logo(Logo.Kind.LINK, "https://cdn.akko.local/l.png"));
            case BANNER -> mapping(settings -> settings.pages().banner(), "", "<b>Hi</b>", "<b>Hi</b>");
            case FOOTER -> mapping(settings -> settings.pages().footer(), "", "<i>Bye</i>", "<i>Bye</i>");
            case SHOW_DEBUG_ON_ERROR -> mapping(settings -> settings.pages().showCause(), false, "true", true);
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private Mapping store(Option option) throws IOException {
        String pem = Files.writeString(folder.resolve("redis.pem"), Samples.CERTIFICATE)
                .toString();
        return switch (option) {
            case SESSION_STORE_TYPE ->
                mapping(
                        settings -> settings.store().type(),
                        StoreSettings.Type.COOKIE,
                        "tomcat",
                        StoreSettings.Type.TOMCAT);
            case ADMIN_GROUP ->
                mapping(Settings::adminGroups, List.of(), "/ops, role:admin", List.of("/ops", "role:admin"));
            case CLUSTER ->
                mapping(
                        settings -> settings.cluster().map(ClusterSettings::discovery),
                        Optional.empty(),
                        "static",
                        Optional.of(Discovery.STATIC));
            case CLUSTER_ADDRESS ->
                mapping(
                        settings -> settings.cluster().map(ClusterSettings::own),
                        Optional.empty(),
                        "10.0.0.2:4001",
                        Optional.of(new ClusterSettings.Node("10.0.0.2", 4001)));
            case CLUSTER_MEMBER ->
                mapping(
                        settings -> settings.cluster().map(ClusterSettings::others),
                        Optional.empty(),
                        "10.0.0.2:4001,10.0.0.1:4001,[::1]:4002",
                        Optional.of(List.of(
                                new ClusterSettings.Node("10.0.0.1", 4001), new ClusterSettings.Node("::1", 4002))));
            case CLUSTER_SECRET ->
                mapping(
                        settings -> settings.cluster()
                                .map(known -> known.secret()
                                        .equals(settings.cookies().secrets().get(0))),
                        Optional.empty(),
                        "Xq3vT9-0aLm2Zb7K",
                        Optional.of(false));
            case SESSION_COOKIE_MINIMAL ->
                mapping(settings -> settings.provider().signIn().keepTokens(), true, "true", false);
            case REDIS_CONNECTION_URL ->
                mapping(settings -> redis(settings, RedisSettings::servers), Optional.empty(), "redis://r", at("r"));
            case REDIS_USERNAME ->
                mapping(settings -> redis(settings, redis -> redis.login().user()), Optional.empty(), "u", given("u"));
            case REDIS_PASSWORD ->
                mapping(
                        settings -> redis(settings, redis -> redis.login().password()),
                        Optional.empty(),
                        "p",
                        given(new Secret("p")));
            case REDIS_USE_SENTINEL ->
                mapping(settings -> redis(settings, RedisSettings::servers), Optional.empty(), "true", sentinels("m"));
            case REDIS_SENTINEL_MASTER_NAME ->
                mapping(settings -> redis(settings, RedisSettings::servers), Optional.empty(), "n", sentinels("n"));
            case REDIS_SENTINEL_CONNECTION_URLS ->
                mapping(
                        settings -> redis(settings, redis -> redis.servers().nodes()),
                        Optional.empty(),
                        "redis://a:1,redis://b",
                        Optional.of(List.of(new Node("a", 1), new Node("b", 6379))));
            case REDIS_SENTINEL_PASSWORD ->
                mapping(
                        settings -> redis(
                                settings,
                                redis -> ((Sentinels) redis.servers()).login().password()),
                        Optional.empty(),
                        "p",
                        given(new Secret("p")));
            case REDIS_USE_CLUSTER ->
                mapping(
                        settings -> redis(settings, RedisSettings::servers),
                        Optional.empty(),
                        "true",
                        Optional.of(new Cluster(List.of(new Node("c", 6379)))));
            case REDIS_CLUSTER_CONNECTION_URLS ->
                mapping(
                        settings -> redis(settings, redis -> redis.servers().nodes()),
                        Optional.empty(),
                        "rediss://c:2",
                        Optional.of(List.of(new Node("c", 2))));
            case REDIS_CA_PATH ->
                mapping(
                        settings -> redis(settings, RedisSettings::tls),
                        Optional.empty(),
                        pem,
                        given(new RedisSettings.Tls(Optional.of(Path.of(pem)), true)));
            case REDIS_INSECURE_SKIP_TLS_VERIFY ->
                mapping(
                        settings -> redis(settings, RedisSettings::tls),
                        Optional.empty(),
                        "true",
                        given(new RedisSettings.Tls(Optional.empty(), false)));
            case REDIS_TIMEOUT ->
                mapping(
                        settings -> redis(settings, RedisSettings::timeout),
                        Optional.empty(),
                        "1s",
                        Optional.of(Duration.ofSeconds(1)));
            default -> throw new AssertionError("no mapping for " + option.flag());
        };
    }

    private static <T> Optional<T> redis(Settings settings, Function<RedisSettings, T> part) {
        return settings.store().redis().map(part);
    }

    private static Optional<Object> at(String host) {
        return Optional.of(new RedisSettings.Standalone(new Node(host, 6379)));
    }

    private static Optional<Object> sentinels(String name) {
        return Optional.of(new Sentinels(name, List.of(new Node("s", 6379)), Login.NONE));
    }

    private static <T> Optional<Optional<T>> given(T value) {
        return Optional.of(Optional.of(value));
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
