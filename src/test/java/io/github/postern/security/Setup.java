package io.github.postern.security;

import io.github.postern.fakes.FakeKeycloak;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configurations the suite runs: the one of the README, and what some attacks need besides. */
enum Setup {
    /** Exactly the configuration the README starts with. */
    DEFAULT(Map.of()),
    /** One trusted proxy, rules that let requests pass without a session. */
    RULES(Map.of(
            "TRUSTED_PROXY_IPS", "127.0.0.1",
            "SKIP_AUTH_ROUTES", "^/public/,^/api/.*/status$,GET=^/readonly$,/anywhere",
            "SKIP_AUTH_PREFLIGHT", "true",
            "PING_USER_AGENT", "kube-probe/1.29",
            "SCOPE", "openid email profile",
            "PROMPT", "login",
            "ACR_VALUES", "1")),
    /** Clients that pass by their address, told by one trusted proxy. */
    CLIENTS(Map.of(
            "TRUSTED_PROXY_IPS", "127.0.0.9",
            "TRUSTED_IPS", "127.0.0.1",
            "REAL_CLIENT_IP_HEADER", "X-Forwarded-For",
            "POSTERN_LOG_LEVEL", "DEBUG")),
    /** Logins and sessions that end while one waits. */
    SHORT(Map.of("COOKIE_EXPIRE", "4s", "COOKIE_CSRF_EXPIRE", "3s")),
    /** Sessions are renewed every second; everything is logged. */
    REFRESHING(Map.of("COOKIE_REFRESH", "1s", "COOKIE_EXPIRE", "1h", "POSTERN_LOG_LEVEL", "DEBUG")),
    /** Whatever may be opened is open. */
    GENEROUS(Map.of(
            "WHITELIST_DOMAINS", "akko.local:8443,.akko.local:9443,opensearch.akko.local:*,127.0.0.1:*",
            "INSECURE_OIDC_ALLOW_UNVERIFIED_EMAIL", "true",
            "PASS_ACCESS_TOKEN", "true",
            "SET_AUTHORIZATION_HEADER", "true")),
    /** Apps get more headers than usual, one of them signed. */
    APP_HEADERS(Map.of(
            "TRUSTED_PROXY_IPS", "127.0.0.1",
            "SKIP_AUTH_ROUTES", "^/public/",
            "CLAIM_HEADERS", "X-Department=department,X-City=address.city,Remote-Groups=groups,X-None=none",
            "SIGNED_IDENTITY_HEADER", "X-Auth-Request-Jwt",
            "SET_BASIC_AUTH", "true",
            "BASIC_AUTH_PASSWORD", "app-password-8Kd2",
            "PREFER_EMAIL_TO_USER", "true")),
    /** Only members of some groups. */
    GROUPS(Map.of("ALLOWED_GROUPS", "admins,/équipe data,/ops team,role:admin,role:app:editor")),
    /** Only addresses of one domain. */
    DOMAIN(Map.of("EMAIL_DOMAINS", "akko.local")),
    /** Programs may show tokens; only some of their users may pass. */
    BEARER(Map.of(
            "SKIP_JWT_BEARER_TOKENS", "true",
            "ALLOWED_GROUPS", "/admins,/ops",
            "PASS_ACCESS_TOKEN", "true",
            "POSTERN_LOG_LEVEL", "DEBUG")),
    /** The same, and a bad token is the end; somebody else's tokens count too. */
    BEARER_ONLY(Map.of(
            "SKIP_JWT_BEARER_TOKENS", "true",
            "BEARER_TOKEN_LOGIN_FALLBACK", "false",
            "OIDC_EXTRA_AUDIENCES", "account")),
    /** Tokens, from a provider whose keys change. */
    ROTATING_BEARER(Map.of("SKIP_JWT_BEARER_TOKENS", "true")),
    /** Rules app by app, beside options that say otherwise. */
    ACCESS_RULES(Map.of(
            "ACCESS_RULES_FILE", RulesFile.name(),
            "EMAIL_DOMAINS", "akko.local",
            "SKIP_AUTH_ROUTES", "/open/",
            "TRUSTED_PROXY_IPS", "127.0.0.1")),
    /** Another secret of the same length. */
    OTHER_SECRET(Map.of("COOKIE_SECRET", "b3RoZXJzZWNyZXRvdGhlcnNlY3JldG90aGVyc2VjcmU=")),
    /** Secrets are kept in files, and change. */
    SECRET_FILES(Map.of(
            "COOKIE_SECRET", "",
            "COOKIE_SECRET_FILE", MountedSecret.COOKIE.file(),
            "CLIENT_SECRET", "",
            "CLIENT_SECRET_FILE", MountedSecret.CLIENT.file(),
            "SIGNED_IDENTITY_HEADER", "X-Auth-Request-Jwt")),
    /** The same secret, another cookie name. */
    OTHER_NAME(Map.of("COOKIE_NAME", "_other_app")),
    /** The provider's keys change. */
    ROTATING(Map.of()),
    /** Envoy tells the user's request by the request line. */
    EXT_AUTHZ(Map.of("FORWARDED_SOURCE", "request")),
    /** The provider's page posts its answer. */
    FORM_POST(Map.of("AUTH_REQUEST_RESPONSE_MODE", "form_post", "COOKIE_CSRF_SAMESITE", "none")),
    /** The provider's addresses are written down; renewed tokens are judged, sign-outs told. */
    NO_DISCOVERY(Map.of(
            "SKIP_OIDC_DISCOVERY", "true",
            "LOGIN_URL", "{issuer}/protocol/openid-connect/auth?ui_locales=en",
            "REDEEM_URL", "{issuer}/protocol/openid-connect/token",
            "PROFILE_URL", "{issuer}/protocol/openid-connect/userinfo",
            "OIDC_JWKS_URL", "{issuer}/protocol/openid-connect/certs",
            "VALIDATE_URL", "{issuer}/protocol/openid-connect/userinfo",
            "BACKEND_LOGOUT_URL", "{issuer}/protocol/openid-connect/logout?id_token_hint={id_token}",
            "COOKIE_REFRESH", "1s",
            "COOKIE_EXPIRE", "1h",
            "WHITELIST_DOMAINS", "127.0.0.1:*")),
    /** Everything is recorded, in formats of the operator's own; programs and pages told apart by their path. */
    RECORDING(both(
            Map.of("LOGGING_FORMAT", "text", "CHECK_LOGGING", "false"),
            Map.of(
                    "REQUEST_LOGGING", "true",
                    "AUTH_LOGGING_FORMAT",
                            "AUTH {{.Client}} {{.RequestID}} {{.Username}} [{{.Timestamp}}] [{{.Status}}] {{.Message}}",
                    "STANDARD_LOGGING_FORMAT", "[{{.Timestamp}}] [{{.File}}] {{.Message}}",
                    "EXCLUDE_LOGGING_PATHS", "/silent,/oauth2/userinfo",
                    "SILENCE_PING_LOGGING", "true",
                    "LOGGING_LOCAL_TIME", "false",
                    "API_ROUTES", "^/api/",
                    "SHOW_DEBUG_ON_ERROR", "true",
                    "ALLOWED_GROUPS", "/admins",
                    "PING_USER_AGENT", "probe/1"))),
    /** Nobody is shown a page. */
    JSON(Map.of("FORCE_JSON_ERRORS", "true", "ALLOWED_GROUPS", "/admins", "AUTH_LOGGING", "false")),
    /** Some people have a password here, and one address is let in beside a domain. */
    LOCAL(Map.of(
            "EMAIL_DOMAINS",
            "akko.local",
            "AUTHENTICATED_EMAILS_FILE",
            LocalFiles.EMAILS.toString(),
            "HTPASSWD_FILE",
            LocalFiles.PASSWORDS.toString(),
            "HTPASSWD_USER_GROUPS",
            "local,/team")),
    /** Only people with a password may pass, and nobody sees the sign-in page. */
    LOCAL_ONLY(Map.of(
            "EMAIL_DOMAINS", "",
            "HTPASSWD_FILE", LocalFiles.FIXED.toString(),
            "SKIP_PROVIDER_BUTTON", "true")),
    /** The provider does not answer in time. */
    SLOW_PROVIDER(Map.of());

    static final String CLIENT = "akko-oauth2-proxy";
    static final String CLIENT_SECRET = "client-secret-x7Qm2vK9pLd4";
    static final String COOKIE_SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private final Map<String, String> changes;

    private static Map<String, String> both(Map<String, String> some, Map<String, String> others) {
        var all = new LinkedHashMap<>(some);
        all.putAll(others);
        return all;
    }

    Setup(Map<String, String> changes) {
        this.changes = changes;
    }

    /** Where the proxy sits that is believed in this configuration. */
    String proxy() {
        return changes.getOrDefault("TRUSTED_PROXY_IPS", "127.0.0.1");
    }

    /** The environment of this configuration with this provider. */
    Map<String, String> environment(FakeKeycloak keycloak) {
        var environment = common(keycloak.issuer());
        changes.forEach((name, value) -> environment.put(
                name.startsWith("POSTERN_") ? name : "OAUTH2_PROXY_" + name,
                value.replace("{issuer}", keycloak.issuer())));
        return environment;
    }

    /** The configuration of the README, as environment variables. */
    static Map<String, String> common(String issuer) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("OAUTH2_PROXY_PROVIDER", "keycloak-oidc");
        environment.put("OAUTH2_PROXY_OIDC_ISSUER_URL", issuer);
        environment.put("OAUTH2_PROXY_CLIENT_ID", CLIENT);
        environment.put("OAUTH2_PROXY_CLIENT_SECRET", CLIENT_SECRET);
        environment.put("OAUTH2_PROXY_COOKIE_NAME", "_akko_oauth2");
        environment.put("OAUTH2_PROXY_COOKIE_SECRET", COOKIE_SECRET);
        environment.put("OAUTH2_PROXY_COOKIE_DOMAINS", ".akko.local");
        environment.put("OAUTH2_PROXY_COOKIE_SECURE", "true");
        environment.put("OAUTH2_PROXY_COOKIE_SAMESITE", "lax");
        environment.put("OAUTH2_PROXY_UPSTREAMS", "static://200");
        environment.put("OAUTH2_PROXY_REDIRECT_URL", "https://akko.local/oauth2/callback");
        environment.put("OAUTH2_PROXY_EMAIL_DOMAINS", "*");
        return environment;
    }
}
