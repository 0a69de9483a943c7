package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.Arrays;
import java.util.List;

/**
 * Where an option behaves otherwise than in oauth2-proxy.
 *
 * @param options whose behaviour it is
 * @param theirs what oauth2-proxy does
 * @param ours what Postern does
 * @param reason why
 * @param restore what brings the old behaviour back
 */
record Difference(List<Option> options, String theirs, String ours, String reason, String restore) {
    private static final String NOTHING = "–";

    static final List<Difference> ALL = List.of(
            new Difference(
                    List.of(PROVIDER),
                    "default `google`",
                    "no default; `keycloak-oidc` or `oidc` must be chosen",
                    "Postern speaks OpenID Connect only",
                    NOTHING),
            new Difference(
                    List.of(SET_XAUTHREQUEST),
                    "default `false`",
                    "default `true`",
                    "behind a forward-auth proxy the headers are what the apps are there for",
                    "`set-xauthrequest=false`"),
            new Difference(
                    List.of(SET_XAUTHREQUEST, PASS_ACCESS_TOKEN),
                    "no header for an unknown value, nor for a request that needs no session",
                    "an empty header; `Authorization` alone is left out",
                    "some proxies let the client's own header through where ours is missing",
                    NOTHING),
            new Difference(
                    List.of(SET_XAUTHREQUEST),
                    "groups are joined by commas, whatever is in them",
                    "a group with a comma in its name is left out",
                    "it would read as two groups",
                    NOTHING),
            new Difference(
                    List.of(SET_BASIC_AUTH),
                    "a user with a colon is sent all the same",
                    "such a user gets no `Authorization` header",
                    "the colon ends the name, so the app would read another one (RFC 7617)",
                    NOTHING),
            new Difference(
                    List.of(PASS_BASIC_AUTH, PASS_AUTHORIZATION_HEADER),
                    "`basic-auth-password` and `pass-authorization-header` together end the start",
                    "both are accepted",
                    "they write a header for an upstream, and there is none",
                    NOTHING),
            new Difference(
                    List.of(EMAIL_DOMAIN, ALLOWED_GROUP),
                    "`/oauth2/userinfo` answers 401 to a user who may not pass, and ends the session",
                    "403, and the session stays",
                    "as on `/oauth2/auth`: another login would change nothing",
                    NOTHING),
            new Difference(
                    List.of(TRUSTED_PROXY_IP, REVERSE_PROXY),
                    "empty trusts every peer once `reverse-proxy` is on",
                    "empty trusts loopback and private networks; `reverse-proxy` decides nothing",
                    "a stranger's `X-Forwarded-Uri` could open a skip route (CVE-2026-40575)",
                    "`trusted-proxy-ip=0.0.0.0/0,::/0` (a warning at start)"),
            new Difference(
                    List.of(AUTH_CHALLENGE),
                    "`/oauth2/auth` answers 401 to whoever has no session",
                    "page navigations are sent to the provider where the proxy passes that on; programs get 401",
                    "one address for every proxy, and no second middleware for the redirect",
                    "`auth-challenge=status-only`"),
            new Difference(
                    List.of(WHITELIST_DOMAIN),
                    "a login returns to listed hosts only",
                    "the cookie domains and the host of `redirect-url` count as listed",
                    "without them people land on the right path of the wrong host",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_SAMESITE),
                    "default empty: no attribute",
                    "default `lax`",
                    "browsers differ in what they make of a missing attribute",
                    "`cookie_samesite = \"\"` in the file, or `--cookie-samesite=`"),
            new Difference(
                    List.of(COOKIE_CSRF_PER_REQUEST, COOKIE_CSRF_PER_REQUEST_LIMIT),
                    "one sign-in cookie, or one per sign-in without limit",
                    "one per sign-in, 16 at most; a limit of 0 means 16",
                    "a second tab must not break the first, nor piled-up cookies the request",
                    "`cookie-csrf-per-request-limit=N` for another limit"),
            new Difference(
                    List.of(INSECURE_OIDC_SKIP_NONCE),
                    "default `true`: no nonce",
                    "the nonce is always sent and checked",
                    "it ties the ID token to the browser that asked for it",
                    NOTHING),
            new Difference(
                    List.of(CODE_CHALLENGE_METHOD, FORCE_CODE_CHALLENGE_METHOD),
                    "default none; `plain` possible",
                    "always `S256`",
                    "PKCE with S256 protects the code and costs nothing",
                    NOTHING),
            new Difference(
                    List.of(SCOPE),
                    "`openid email profile`, and `groups` besides when `allowed-group` is set",
                    "`openid email profile`, and `openid` whenever it is missing; nothing for groups",
                    "Keycloak answers `invalid_scope` unless such a client scope exists",
                    "`scope=openid email profile groups`"),
            new Difference(
                    List.of(ALLOWED_ROLE),
                    "ignored with `provider=oidc`",
                    "refused with `provider=oidc`",
                    "a rule that is ignored lets everybody pass",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_SECRET, COOKIE_SECRET_FILE, CLIENT_SECRET_FILE),
                    "files are used with their line end and read again at each use",
                    "blanks around a value are cut off; files are read at start; placeholders are refused",
                    "a trailing line end is the usual reason why a secret does not work",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_SECRET),
                    "base64 in the URL alphabet only",
                    "either alphabet of base64, for the same key",
                    "`openssl rand -base64 32` writes the other one",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_NAME),
                    "up to 256 letters",
                    "up to 200 letters",
                    "the other cookies' names are longer than it",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_DOMAIN, REDIRECT_URL),
                    "a domain that does not cover `redirect-url` starts",
                    "refused at start, as is an http `redirect-url` with `cookie-secure`, except on localhost",
                    "the browser drops the cookie and the sign-in goes round in circles",
                    NOTHING),
            new Difference(
                    List.of(SKIP_AUTH_ROUTE),
                    "text before the first `=` is the method, whatever it is",
                    "only letters are a method; anything else before a `=` is refused",
                    "such a rule silently never matched",
                    "`\\x3D` for a `=` in a path"),
            new Difference(
                    List.of(PING_PATH, READY_PATH),
                    "any path",
                    "not `/`, not below `proxy-prefix`, plain letters only",
                    "a probe answers everybody and must not stand in for an endpoint that asks who it is",
                    NOTHING),
            new Difference(
                    List.of(UPSTREAM),
                    "none: the catch-all answers 404 to a valid session",
                    "none: it answers 200; http, file and unix upstreams are refused",
                    "Envoy's ext_authz asks the catch-all",
                    "`upstream=static://404`"),
            new Difference(
                    List.of(SILENCE_PING_LOGGING),
                    "default `false`",
                    "probes are never logged",
                    "they say nothing and drown the rest",
                    NOTHING),
            new Difference(
                    List.of(CONFIG),
                    "a flag only",
                    "also `OAUTH2_PROXY_CONFIG`",
                    "a WAR in a Tomcat of one's own has no command line",
                    NOTHING),
            new Difference(
                    List.of(),
                    "unknown variables that begin with `OAUTH2_PROXY_` are ignored in silence",
                    "one that resembles a setting ends the start, any other is told and ignored",
                    "`OAUTH2_PROXY_EMAIL_DOMAIN` for `OAUTH2_PROXY_EMAIL_DOMAINS` went unnoticed",
                    NOTHING),
            new Difference(
                    List.of(),
                    "blanks around list entries count, and so do empty entries",
                    "both are dropped; a list of nothing but blanks is refused",
                    "a rule must not open or close because of a stray comma",
                    NOTHING));

    /** Whether the table has a row for the option. */
    static boolean speaksOf(Option option) {
        return ALL.stream().anyMatch(difference -> difference.options().contains(option));
    }

    /** The table's row. */
    String row() {
        String names = options.isEmpty()
                ? "all"
                : String.join(
                        ", ",
                        options.stream()
                                .map(option -> "`" + option.flag() + "`")
                                .toList());
        return "| " + String.join(" | ", Arrays.asList(names, theirs, ours, reason, restore)) + " |\n";
    }
}
