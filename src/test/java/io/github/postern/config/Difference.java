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
                    List.of(SET_BASIC_AUTH),
                    "whoever is signed in reads `Authorization` with the password at `/oauth2/auth`",
                    "it is written where the proxy tells that an app was asked, or tells nothing at all",
                    "the password is the same for everybody",
                    NOTHING),
            new Difference(
                    List.of(PASS_BASIC_AUTH, PASS_AUTHORIZATION_HEADER),
                    "`basic-auth-password` and `pass-authorization-header` together end the start",
                    "both are accepted",
                    "they write a header for an upstream, and there is none",
                    NOTHING),
            new Difference(
                    List.of(SHUTDOWN_DELAY),
                    "told to end, it closes its port at once",
                    "it goes on answering for three seconds, and `ready-path` says 503",
                    "a proxy that looks at the readiness probe sends nobody to a closed port",
                    "`shutdown-delay=0`"),
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
                    List.of(LOGIN_URL, REDEEM_URL, PROFILE_URL, OIDC_JWKS_URL, VALIDATE_URL, BACKEND_LOGOUT_URL),
                    "http as well as https",
                    "https where `oidc-issuer-url` is https; no user name in them; redirects are not followed",
                    "the client secret and people's tokens go there",
                    "`ssl-insecure-skip-verify=true` for http"),
            new Difference(
                    List.of(SKIP_OIDC_DISCOVERY),
                    "starts without `login-url` and `redeem-url`",
                    "each missing address ends the start",
                    "nobody could sign in",
                    NOTHING),
            new Difference(
                    List.of(REDIRECT_URL),
                    "a path alone is completed with the host of the request",
                    "refused, unless `relative-redirect-url` sends it as it is",
                    "the callback is always below `proxy-prefix`",
                    "no `redirect-url`: it is then the callback on the host of the request"),
            new Difference(
                    List.of(OIDC_ENABLED_SIGNING_ALG),
                    "also HS256, HS384, HS512 and EdDSA; without one in common with the provider the start fails",
                    "RSA and EC algorithms; without one in common Postern is not ready, and its log says why",
                    "whoever can check an HS signature can forge it",
                    NOTHING),
            new Difference(
                    List.of(OIDC_PUBLIC_KEY_FILE),
                    "the first public key of a file",
                    "also a certificate; a file with a private key is refused",
                    "a private key has no business here",
                    NOTHING),
            new Difference(
                    List.of(VALIDATE_URL),
                    "any answer but 200, and none, ends the session",
                    "401 and 403 do",
                    "an outage must sign nobody out",
                    NOTHING),
            new Difference(
                    List.of(PROFILE_URL),
                    "its answer is believed whoever it is about, a JWT unchecked; without an answer nobody signs in",
                    "it must be about the ID token's `sub`, as JSON; without an answer the ID token stands alone",
                    "OpenID Connect Core 5.3.2",
                    NOTHING),
            new Difference(
                    List.of(AUTH_REQUEST_RESPONSE_MODE),
                    "any value; a form may be posted to the callback in any case",
                    "`query` and `form_post`; posted forms only with the latter; a `SameSite` that prevents it is told at start",
                    "other modes lead to answers no server sees",
                    NOTHING),
            new Difference(
                    List.of(APPROVAL_PROMPT),
                    "`approval_prompt=force` is sent unless `prompt` is set",
                    "never sent",
                    "no OpenID Connect provider reads it",
                    NOTHING),
            new Difference(
                    List.of(BACKEND_LOGOUT_URL),
                    "the only way to end the provider's session, beside an `rd` that leads there",
                    "browsers are led to the provider's `end_session_endpoint` besides",
                    "or the next sign-in goes through without a question",
                    "`rd` with the provider's own address"),
            new Difference(
                    List.of(ALLOWED_ROLE),
                    "ignored with `provider=oidc`",
                    "refused with `provider=oidc`",
                    "a rule that is ignored lets everybody pass",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_SECRET, COOKIE_SECRET_FILE, CLIENT_SECRET_FILE),
                    "files are used with their line end and read again at each use",
                    "blanks around a value are cut off; files are looked at every second; placeholders are refused",
                    "a trailing line end is the usual reason why a secret does not work",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_SECRET, COOKIE_SECRET_FILE),
                    "one secret; another one signs everybody out",
                    "several, separated by commas or lines: the first seals, all open",
                    "a secret that cannot be changed without harm is never changed",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_SECRET),
                    "base64 in the URL alphabet only",
                    "either alphabet of base64, for the same key",
                    "`openssl rand -base64 32` writes the other one",
                    NOTHING),
            new Difference(
                    List.of(SESSION_STORE_TYPE),
                    "`cookie` or `redis`",
                    "`tomcat` too: Tomcat's own sessions, replicated by its cluster",
                    "several replicas without Redis",
                    NOTHING),
            new Difference(
                    List.of(SESSION_STORE_TYPE, REDIS_CONNECTION_URL),
                    "the address means nothing to `cookie`",
                    "with `cookie`, replicas tell each other through Redis who was signed out",
                    "a copied cookie is of no use after a sign-out",
                    NOTHING),
            new Difference(
                    List.of(REDIS_CONNECTION_URL),
                    "Redis is asked at start, and the start fails without it; a fault later signs people out",
                    "starts without; answers 503 while Redis is away, and signs nobody out",
                    "an outage of Redis is not the users' fault",
                    NOTHING),
            new Difference(
                    List.of(REDIS_CONNECTION_URL, REDIS_CLUSTER_CONNECTION_URLS),
                    "`unix://` and a dozen parameters of the client",
                    "`redis://` and `rediss://`, with `?db=` as the only parameter; user and password in a cluster's"
                            + " addresses count",
                    "another client",
                    NOTHING),
            new Difference(
                    List.of(REDIS_CONNECTION_IDLE_TIMEOUT),
                    "closes idle connections",
                    "no effect",
                    "Redis is asked every half second, so that its return is seen",
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
                    List.of(SKIP_JWT_BEARER_TOKENS, BEARER_TOKEN_LOGIN_FALLBACK),
                    "a bad token goes on to the session or the sign-in without a word; with the fallback off it is a 403",
                    "the same order, and every 401 says in `WWW-Authenticate` what was wrong; with the fallback off it is a 401",
                    "RFC 6750: a program learns that it needs a new token; 403 is for users who may not pass",
                    NOTHING),
            new Difference(
                    List.of(BEARER_TOKEN_LOGIN_FALLBACK),
                    "`false` refuses every `Authorization` header without a token in it",
                    "`false` refuses bad tokens; `Basic` credentials without one, and other schemes, are not its business",
                    "local users have passwords, and apps schemes of their own",
                    NOTHING),
            new Difference(
                    List.of(SKIP_JWT_BEARER_TOKENS),
                    "any JWT of the issuer that is meant for us, of any size, checked anew at each request",
                    "no refresh, offline or logout tokens, no ID tokens of another client, none over 8 KB; `iat` and `sub`"
                            + " are checked too, `nbf` with a minute to spare instead of five, and times are numbers; a good"
                            + " one is remembered until it expires",
                    "only access tokens and our own ID tokens are made to be shown",
                    NOTHING),
            new Difference(
                    List.of(SKIP_JWT_BEARER_TOKENS, HTPASSWD_FILE),
                    "of two `Authorization` headers the first counts",
                    "neither does: 401 without a session",
                    "a proxy or an app may read the other one",
                    NOTHING),
            new Difference(
                    List.of(EXTRA_JWT_ISSUERS),
                    "asked at start, which fails if they do not answer",
                    "asked in the background, again and again; until then their tokens are refused",
                    "an issuer that is away must keep nobody out who does not need it",
                    NOTHING),
            new Difference(
                    List.of(OIDC_AUDIENCE_CLAIM, OIDC_EXTRA_AUDIENCE),
                    "a wrong audience at sign-in is a 500; `azp` is not looked at",
                    "a 403 that names what was found, what is expected and the setting; `azp` of an ID token must be"
                            + " `client-id` or one of the extra audiences, and be there if others are meant too",
                    "an ID token issued to another client is not a sign-in here (OpenID Connect Core 3.1.3.7)",
                    "`oidc-extra-audience` for a client whose ID tokens are welcome"),
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
                    List.of(UPSTREAM),
                    "`file:///dev/null` is served as a file: everybody gets 404 at the catch-all",
                    "counts as none, with a line in the log; all other files are refused",
                    "it is what the Helm chart writes for deployments that have no upstream",
                    "`upstream=static://404`"),
            new Difference(
                    List.of(HTTP_ADDRESS, HTTPS_ADDRESS),
                    "also `unix://PATH`, `fd:NUMBER`, names of services, and `-` for not listening",
                    "`HOST:PORT` only",
                    "Tomcat listens on TCP ports",
                    NOTHING),
            new Difference(
                    List.of(TLS_CIPHER_SUITE),
                    "any suite Go knows; by default also those with CBC",
                    "the suites Go calls insecure are refused; by default those with GCM or ChaCha20 only",
                    "the others are broken, or give old conversations away once the key leaks",
                    "`tls-cipher-suite` with the CBC suites' names, for clients that know no other"),
            new Difference(
                    List.of(FORCE_HTTPS),
                    "starts only with TLS files; every http request is redirected, probes and `/oauth2/auth` too, to its own address",
                    "works without; probes are not redirected; a proxy's question is, to the page that was asked for, and only if"
                            + " the proxy tells that it came by http and passes the answer on",
                    "the browser would end up at `/oauth2/auth`, or go round in circles where the proxy does not tell",
                    NOTHING),
            new Difference(
                    List.of(CONFIG_TEST),
                    "prints that the configuration is valid, or what is wrong",
                    "prints each setting with its source before that",
                    "one sees what a deployment really runs with",
                    NOTHING),
            new Difference(
                    List.of(CONFIG_TEST, HTPASSWD_FILE, AUTHENTICATED_EMAILS_FILE),
                    "the files are not looked at",
                    "they are, as at start",
                    "what it calls valid starts",
                    NOTHING),
            new Difference(
                    List.of(SKIP_AUTH_ROUTE, SKIP_AUTH_REGEX, TRUSTED_IP),
                    "the method of the proxy's own question, the address undecoded; without `X-Forwarded-Uri` the question's own",
                    "the user's method and normalised path as a trusted proxy told them; told in doubt, nothing passes",
                    "a proxy asks with GET, and `/public/../secret` must not pass a rule for `/public/`",
                    NOTHING),
            new Difference(
                    List.of(TRUSTED_IP, REAL_CLIENT_IP_HEADER),
                    "the left-most address of `X-Forwarded-For`, from any peer",
                    "the first one from the right that is no trusted proxy, from a trusted proxy; `X-Real-IP` must agree with it",
                    "the left end is whatever the user sent",
                    NOTHING),
            new Difference(
                    List.of(SKIP_AUTH_PREFLIGHT),
                    "every `OPTIONS` of the proxy's own question passes",
                    "the user's `OPTIONS` passes when it carries `Origin` and `Access-Control-Request-Method`",
                    "that is what a CORS preflight is; other uses of `OPTIONS` are ordinary requests",
                    "`skip-auth-route=OPTIONS=.*`"),
            new Difference(
                    List.of(API_ROUTE, FORCE_JSON_ERRORS),
                    "the catch-all only; a body of `{}`; `api-route` leaves the page of a 403 as it is",
                    "the catch-all, `/oauth2/auth` and `ext-authz` alike, 401 and 403; the body is `{\"error\":…}`",
                    "the question is asked at `/oauth2/auth`, and a program that is refused wants no page either",
                    NOTHING),
            new Difference(
                    List.of(API_ROUTE),
                    "the address with its query",
                    "the normalised path as well; an address told in doubt counts as matched",
                    "where nobody can say what was asked, nobody is sent to a sign-in",
                    NOTHING),
            new Difference(
                    List.of(PING_PATH, READY_PATH),
                    "any method is answered",
                    "`GET` and `HEAD` are",
                    "probes use no other",
                    NOTHING),
            new Difference(
                    List.of(AUTH_LOGGING_FORMAT),
                    "default `{{.Client}} - {{.RequestID}} - {{.Username}} [{{.Timestamp}}] [{{.Status}}] {{.Message}}`",
                    "default: our own line of `key=value`; in a format of one's own `{{.Message}}` is that line",
                    "it says which rule refused, and can be searched",
                    "set the format"),
            new Difference(
                    List.of(REQUEST_LOGGING),
                    "default `true`",
                    "default `false`, unless `request-logging-format` is set",
                    "one line for each check drowns the decisions",
                    "`request-logging=true`"),
            new Difference(
                    List.of(REQUEST_LOGGING_FORMAT),
                    "host, method and URI of the proxy's question, with its query",
                    "the user's own, without query; `{{.Upstream}}` is always `-`",
                    "`/oauth2/auth` in every line says nothing, and queries hold secrets",
                    NOTHING),
            new Difference(
                    List.of(STANDARD_LOGGING),
                    "`false` silences errors too",
                    "errors are written in any case",
                    "a gateway must not fail in silence",
                    NOTHING),
            new Difference(
                    List.of(STANDARD_LOGGING_FORMAT),
                    "default `[{{.Timestamp}}] [{{.File}}] {{.Message}}`",
                    "default: time, level, part of Postern, message; `{{.File}}` is the part, without a line number",
                    "the level is worth having",
                    "set the format"),
            new Difference(
                    List.of(AUTH_LOGGING_FORMAT, REQUEST_LOGGING_FORMAT, STANDARD_LOGGING_FORMAT),
                    "whatever Go's templates can do",
                    "text and fields; anything else, and an unknown field, is refused at start",
                    "a Java program has no Go; fields between quotation marks are escaped, so a format can be JSON",
                    NOTHING),
            new Difference(
                    List.of(EXCLUDE_LOGGING_PATH),
                    "paths of the proxy's question",
                    "those, and the user's own paths",
                    "the line shows the user's own path",
                    NOTHING),
            new Difference(
                    List.of(REQUEST_ID_HEADER),
                    "the header's value, whatever it is",
                    "up to 128 visible letters without `\"` and `\\`; else one is made",
                    "it ends up in lines that others read",
                    NOTHING),
            new Difference(
                    List.of(CUSTOM_TEMPLATES_DIR),
                    "pages and `robots.txt` of one's own, as Go templates",
                    "refused",
                    "our pages are no Go templates",
                    "`banner`, `footer`, `custom-sign-in-logo`, `provider-display-name`"),
            new Difference(
                    List.of(CUSTOM_SIGN_IN_LOGO),
                    "on the sign-in page",
                    "on all pages",
                    "people should see that they belong together",
                    NOTHING),
            new Difference(
                    List.of(BANNER, FOOTER),
                    "any HTML runs; the default footer names the version",
                    "scripts, inline styles, frames and pictures of other hosts do not work; no default footer",
                    "the pages' Content-Security-Policy; strangers need not know the version",
                    NOTHING),
            new Difference(
                    List.of(AUTHENTICATED_EMAILS_FILE),
                    "a file that cannot be read as CSV starts and admits nobody; an emptied one admits nobody",
                    "both are refused at start, and later what was in force stays; a line with `#` means nobody",
                    "an editor that empties a file before it writes must not lock everybody out",
                    NOTHING),
            new Difference(
                    List.of(AUTHENTICATED_EMAILS_FILE),
                    "letters count in any case, whatever their alphabet",
                    "those of ASCII in any case, all others as they are written",
                    "the sign for kelvin would count as a `k`, and let another address pass",
                    "both spellings, each in its line"),
            new Difference(
                    List.of(HTPASSWD_FILE),
                    "only a bad hash in the last line ends the start; earlier ones drop their user in silence",
                    "every bad line is told by its number; bcrypt costs above 16 are refused; a user who was removed is"
                            + " refused at once, with a session too",
                    "a user who silently does not exist is found out by that user",
                    NOTHING),
            new Difference(
                    List.of(HTPASSWD_FILE),
                    "quotation marks around a name or a hash are taken off; blanks at a line's end spoil the hash",
                    "a line with quotation marks is a bad one; blanks at both ends are cut off",
                    "`htpasswd` writes no quotation marks, and editors leave blanks",
                    NOTHING),
            new Difference(
                    List.of(HTPASSWD_FILE),
                    "passwords may be tried without limit",
                    "after 10 wrong ones an address waits for that name: 429 to the form, 401 to `Authorization: Basic`;"
                            + " 503 while too many are being looked at",
                    "bcrypt takes a tenth of a second each time, and guessing must not be free",
                    NOTHING),
            new Difference(
                    List.of(HTPASSWD_FILE, DISPLAY_HTPASSWD_FORM),
                    "name and password are read from the address too, and from any site's form",
                    "from the body of our own form only",
                    "addresses end up in logs, and another site could sign somebody in under its own name",
                    NOTHING),
            new Difference(
                    List.of(INSECURE_OIDC_SKIP_ISSUER_VERIFICATION, SKIP_JWT_BEARER_TOKENS),
                    "bearer tokens of any issuer count, too, once the issuer is not verified",
                    "bearer tokens name `oidc-issuer-url` or one of `extra-jwt-issuers` in any case",
                    "a token that nobody asked for must at least say where it comes from",
                    "`extra-jwt-issuers` with the other spelling of the issuer"),
            new Difference(
                    List.of(BACKEND_LOGOUT_URL),
                    "`{id_token}` in the `rd` of a sign-out is filled in for every allowed host",
                    "for the hosts of `oidc-issuer-url` and `login-url` only",
                    "the token stands for the user, and a link on any page could have it sent to another app",
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
                    "words that are no flags are ignored, so `--cookie-secure false` means true",
                    "refused; `--cookie-secure true` means true",
                    "whoever writes false means false",
                    "`--cookie-secure=false`"),
            new Difference(
                    List.of(),
                    "a duration that is a bare number in the file counts nanoseconds",
                    "refused, but for 0",
                    "`cookie_expire = 3600` ended every session at once",
                    "`cookie_expire = \"3600ns\"`"),
            new Difference(
                    List.of(),
                    "blanks around list entries count, and so do empty entries",
                    "both are dropped; a list of nothing but blanks is refused",
                    "a rule must not open or close because of a stray comma",
                    NOTHING),
            new Difference(
                    List.of(WHITELIST_DOMAIN),
                    "`//`, `/\\`, `/./` and `/../` anywhere in a path refuse it, in its query and fragment too; hosts count in their case",
                    "only in the path; hosts in any case",
                    "`?next=https://…` is part of many apps' addresses, and leads nobody away",
                    NOTHING),
            new Difference(
                    List.of(WHITELIST_DOMAIN, PROXY_PREFIX),
                    "a target may hold `..` or `//` after a host, `%2f`, control characters, a user name, or be an endpoint of its own",
                    "refused, as is whatever is longer than 2048 characters; what must not stand raw is percent-encoded",
                    "browsers, proxies and apps read such targets differently, and a login must not lead into a sign-out",
                    NOTHING),
            new Difference(
                    List.of(REDIRECT_URL),
                    "a return path stays a path, so it leads to the host of the callback",
                    "it leads to the host the user is on, as an absolute address",
                    "people would land on the right path of the wrong host",
                    "the whole address in `rd`"),
            new Difference(
                    List.of(),
                    "`X-Auth-Request-Redirect` counts for every address, before what the proxy tells of the request",
                    "at `/oauth2/start`, `/oauth2/sign_in` and `/oauth2/sign_out`",
                    "an auth call leads back to the page that was asked for",
                    NOTHING),
            new Difference(
                    List.of(TRUSTED_PROXY_IP),
                    "of a header sent twice the first line counts, and lists and odd spellings as they are",
                    "a header that was told twice, malformed, or contradicts `X-Original-URL` tells nothing",
                    "proxies append to what a client sent; two readers must not believe two lines",
                    NOTHING),
            new Difference(
                    List.of(TRUSTED_PROXY_IP),
                    "`X-Forwarded-Proto` counts as `http` or `https` in lower case; without it the host that was told does not",
                    "in any case, and `wss` as `https`; without it the request came by http",
                    "Traefik says `wss` of a WebSocket; a host that was told is the one people are on",
                    NOTHING),
            new Difference(
                    List.of(SKIP_AUTH_ROUTE, SKIP_AUTH_REGEX),
                    "the path is cut at `#` and `%23` and otherwise matched as sent",
                    "it is decoded once, doubled slashes count as one; with dot segments, `\\`, `#`, encoded separators or broken encoding it never matches",
                    "the app may read another path than the rule did",
                    NOTHING),
            new Difference(
                    List.of(SKIP_AUTH_ROUTE),
                    "`!=` anywhere in a rule negates it, and an empty expression lets everything pass",
                    "`!=` negates only where the method ends; an empty expression is refused",
                    "an expression that holds `!=` would open all other paths",
                    NOTHING),
            new Difference(
                    List.of(REAL_CLIENT_IP_HEADER),
                    "the left-most address of the header, from any peer",
                    "from trusted proxies only: of `X-Forwarded-For` the right-most that is no trusted proxy, of the others the only one, and not against `X-Forwarded-For`",
                    "the left end is whatever the client wrote",
                    NOTHING),
            new Difference(
                    List.of(REAL_CLIENT_IP_HEADER),
                    "checked with `reverse-proxy` only",
                    "always checked",
                    "`reverse-proxy` decides nothing here",
                    NOTHING),
            new Difference(
                    List.of(TRUSTED_IP, REVERSE_PROXY),
                    "without `reverse-proxy` the address of the connection counts",
                    "it never does",
                    "it is the proxy's, so that everybody would pass",
                    NOTHING),
            new Difference(
                    List.of(EMAIL_DOMAIN, ALLOWED_GROUP, ALLOWED_ROLE),
                    "whoever is refused gets no session at the callback; a session that is refused later is answered 401 and deleted",
                    "the session stays and is answered 403, with a page that says which rule and who one is",
                    "another sign-in would end at the same refusal, in a loop",
                    NOTHING),
            new Difference(
                    List.of(EMAIL_DOMAIN, OIDC_EMAIL_CLAIM),
                    "nobody without an e-mail address signs in",
                    "they do where `email-domain=*`",
                    "technical accounts have none",
                    NOTHING),
            new Difference(
                    List.of(INSECURE_OIDC_ALLOW_UNVERIFIED_EMAIL),
                    "`email_verified=false` refuses, also where there is no address",
                    "at the sign-in too; a bearer token is refused where it has an address, or a subject that looks like one",
                    "Keycloak says so of accounts that have none, as those of programs",
                    "`email-domain` with domains refuses whoever has no address"),
            new Difference(
                    List.of(EMAIL_DOMAIN),
                    "any text; an address may have nothing before its `@`",
                    "domains only, anything else ends the start; an address has something on both sides of its only `@`",
                    "a misspelt domain lets nobody in and says nothing",
                    NOTHING),
            new Difference(
                    List.of(),
                    "several `allowed_groups`, `allowed_emails` or `allowed_email_domains` in one query add up; blanks and the case of domains count; what cannot be decoded is dropped",
                    "each is a demand of its own; neither blanks nor the case of domains count; what cannot be decoded is a demand nobody meets; `allowed_roles` besides",
                    "behind some proxies the user can add to that query, and what is added must only restrict",
                    "one parameter with a comma list"),
            new Difference(
                    List.of(),
                    "`/oauth2/auth` answers 202, without `Cache-Control`",
                    "200 with `no-store`",
                    "Envoy takes nothing but 200, and an answer that a proxy kept would outlive the session",
                    NOTHING),
            new Difference(
                    List.of(UPSTREAM, SKIP_PROVIDER_BUTTON),
                    "the catch-all answers 403 with the sign-in page, or starts a sign-in; unknown paths under the prefix are part of it",
                    "it answers as `/oauth2/auth` does; unknown paths under the prefix get 404",
                    "one answer for every address; a misspelt endpoint must not look like an app",
                    NOTHING),
            new Difference(
                    List.of(UPSTREAM),
                    "the catch-all redirects a path with `//`, `/./` or `/../` to its short form",
                    "it is answered as any other",
                    "a proxy would pass the redirect on, in place of the app's own answer",
                    NOTHING),
            new Difference(
                    List.of(),
                    "every endpoint answers every method, and takes `rd` from a form too",
                    "405 where a method makes no sense; `rd` in the query, and in the form of a sign-out",
                    "a form on another site could start a sign-in",
                    NOTHING),
            new Difference(
                    List.of(),
                    "a query that cannot be decoded is answered 400 or 500",
                    "it is read as it was sent",
                    "the return address is then refused or mended, and people get on",
                    NOTHING),
            new Difference(
                    List.of(),
                    "`/oauth2/sign_in` deletes the session cookie",
                    "with a session it says who is signed in, and offers the way out",
                    "a link on another site must sign nobody out",
                    NOTHING),
            new Difference(
                    List.of(),
                    "`/oauth2/sign_out` without `rd` leads back by the forwarded headers",
                    "to the provider's sign-out, then to a page that says so",
                    "back at the app the next sign-in would begin at once",
                    "`rd` with an address"),
            new Difference(
                    List.of(),
                    "`/oauth2/callback` answers 500 for a missing or unknown state, code, token or address",
                    "403, 502, 503 or 504 with a page that says what to do",
                    "most of these are no fault of the server",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_REFRESH),
                    "a session is refreshed when it is old enough, in the request; a failed refresh is tried at the next request",
                    "also before a token that apps are handed expires; in the background, after a failure ever more seldom",
                    "a provider in trouble holds up nobody and is not stormed",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_REFRESH),
                    "a new cookie that the proxy drops is lost",
                    "the next page is redirected to itself, once, with the cookie",
                    "with refresh tokens for one use people would be signed out",
                    "`cookie-refresh=0`, or let the proxy pass the cookie on"),
            new Difference(
                    List.of(COOKIE_EXPIRE, COOKIE_REFRESH, COOKIE_CSRF_EXPIRE),
                    "negative lengths and parts of a second count",
                    "no length is negative, and a cookie lives for a second at least",
                    "such a cookie is gone before it is sent back",
                    NOTHING),
            new Difference(
                    List.of(),
                    "in the file any number is a switch, and an empty text switches off",
                    "only what means yes or no does",
                    "what cannot be meant is told at start",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_SAMESITE, COOKIE_CSRF_SAMESITE),
                    "lower case only; the second is not checked",
                    "any case; both are checked",
                    "a misspelt attribute would be dropped by the browser",
                    NOTHING),
            new Difference(
                    List.of(COOKIE_SECRET, COOKIE_SECRET_FILE),
                    "both may be set; the first wins",
                    "refused",
                    "nobody knows which of the two is meant",
                    NOTHING),
            new Difference(
                    List.of(
                            WHITELIST_DOMAIN,
                            COOKIE_DOMAIN,
                            COOKIE_PATH,
                            PROXY_PREFIX,
                            REDIRECT_URL,
                            OIDC_ISSUER_URL,
                            EXTRA_JWT_ISSUERS),
                    "taken as they are",
                    "checked at start: hosts, paths and addresses that could not work are refused",
                    "the fault shows at the first sign-in, or never",
                    NOTHING),
            new Difference(
                    List.of(INSECURE_OIDC_ALLOW_UNVERIFIED_EMAIL),
                    "`email_verified` may say `1` or `T` for yes",
                    "it says `true`",
                    "no provider is known to write the others, and in doubt it is no",
                    "`insecure-oidc-allow-unverified-email=true`"),
            new Difference(
                    List.of(SESSION_STORE_TYPE),
                    "with cookies, a copy of a session's cookie is good until it expires, whoever signed out",
                    "it ends with its session, at the replica that was told and where others can be told",
                    "a sign-out that leaves a way in is none",
                    NOTHING),
            new Difference(
                    List.of(OIDC_GROUPS_CLAIM, OIDC_EMAIL_CLAIM),
                    "numbers, switches, objects and lists in a list become text; blanks and doubles are sent as they are",
                    "texts only, each once",
                    "rules and apps speak of names",
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
