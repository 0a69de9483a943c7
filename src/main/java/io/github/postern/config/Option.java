package io.github.postern.config;

import static io.github.postern.config.Section.*;
import static io.github.postern.config.Standing.*;
import static io.github.postern.config.ValueType.*;

import java.util.Locale;

/**
 * Every option of oauth2-proxy and the few of ours: the one table that reading, documentation and tests go by.
 * A constant's name is the option's name.
 */
enum Option {
    CONFIG(START, STRING, "", "TOML file to read settings from."),
    ALPHA_CONFIG(START, STRING, "", NO_ALPHA, "YAML file of oauth2-proxy's alpha configuration."),
    CONVERT_CONFIG_TO_ALPHA(START, BOOL, "false", NO_ALPHA, "Rewrites the settings as alpha YAML."),
    CONFIG_TEST(START, BOOL, "false", "Checks the settings, prints what they come to, and exits (`bin/postern` only)."),
    VERSION(START, BOOL, "false", "Prints the version and exits (`bin/postern` only)."),

    PROVIDER(OIDC, STRING, "", "Kind of identity provider: `keycloak-oidc`, or `oidc` for any other. Required."),
    CLIENT_ID(OIDC, STRING, "", "Our client id at the provider. Required."),
    CLIENT_SECRET(OIDC, STRING, "", "Our client secret at the provider. This or `client-secret-file` is required."),
    CLIENT_SECRET_FILE(OIDC, STRING, "", "File with the client secret; blanks around it are cut off."),
    OIDC_ISSUER_URL(OIDC, STRING, "", "The provider's issuer, exactly as its discovery document spells it. Required."),
    PROVIDER_DISPLAY_NAME(
            OIDC,
            STRING,
            "",
            "The provider's name on the sign-in button; `Keycloak OIDC` or `OpenID Connect` if empty."),
    SCOPE(
            OIDC,
            STRING,
            "openid email profile",
            "Scopes to ask for, separated by blanks; `openid` is always among them."),
    ALLOWED_GROUP(OIDC, LIST, "", "Groups that may pass; one of these or of the allowed roles is needed."),
    ALLOWED_ROLE(OIDC, LIST, "", "Keycloak roles that may pass: `ROLE` of the realm, or `CLIENT:ROLE`."),
    CODE_CHALLENGE_METHOD(OIDC, STRING, "", "PKCE method; `S256` is always used and the only one accepted."),
    FORCE_CODE_CHALLENGE_METHOD(OIDC, STRING, "", "Older name of `code-challenge-method`."),
    OIDC_GROUPS_CLAIM(OIDC, STRING, "groups", "Claim with the user's groups: a name, or a dotted path."),
    OIDC_EMAIL_CLAIM(OIDC, STRING, "email", "Claim with the user's e-mail address."),
    USER_ID_CLAIM(OIDC, STRING, "email", "Older name of `oidc-email-claim`."),
    OIDC_AUDIENCE_CLAIM(OIDC, LIST, "aud", "Claims that may hold a token's audience; the first one present decides."),
    OIDC_EXTRA_AUDIENCE(OIDC, LIST, "", "Audiences of tokens accepted besides the client id."),
    INSECURE_OIDC_ALLOW_UNVERIFIED_EMAIL(
            OIDC, BOOL, "false", "Lets users in whose e-mail address the provider has not verified."),
    INSECURE_OIDC_SKIP_NONCE(OIDC, BOOL, "false", "Accepted for compatibility; the nonce is always sent and checked."),
    INSECURE_OIDC_SKIP_ISSUER_VERIFICATION(
            OIDC, BOOL, "false", "Accepts any issuer in the discovery document and in ID tokens."),
    SKIP_OIDC_DISCOVERY(OIDC, BOOL, "false", "Takes the provider's addresses from settings, not from discovery."),
    LOGIN_URL(OIDC, STRING, "", "The provider's authorization endpoint, without discovery."),
    REDEEM_URL(OIDC, STRING, "", "The provider's token endpoint, without discovery."),
    PROFILE_URL(OIDC, STRING, "", "The provider's userinfo endpoint, without discovery."),
    OIDC_JWKS_URL(OIDC, STRING, "", "Where the provider's signing keys are, without discovery."),
    VALIDATE_URL(OIDC, STRING, "", "Address that judges a renewed access token: 401 or 403 ends the session."),
    OIDC_PUBLIC_KEY_FILE(OIDC, LIST, "", "PEM files with the provider's public keys, in place of `oidc-jwks-url`."),
    OIDC_ENABLED_SIGNING_ALG(
            OIDC, LIST, "", "Signature algorithms accepted in ID tokens, of those the provider offers."),
    SKIP_CLAIMS_FROM_PROFILE_URL(OIDC, BOOL, "false", "Never asks userinfo for claims the ID token lacks."),
    PROMPT(OIDC, STRING, "", "The `prompt` parameter of the sign-in request."),
    APPROVAL_PROMPT(OIDC, STRING, "force", PROMPT_DECIDES, "A parameter only Google's old endpoint reads."),
    ACR_VALUES(OIDC, STRING, "", "The `acr_values` parameter of the sign-in request."),
    AUTH_REQUEST_RESPONSE_MODE(OIDC, STRING, "", "The `response_mode` of the sign-in request: `query` or `form_post`."),
    BACKEND_LOGOUT_URL(OIDC, STRING, "", "Address the server calls at sign-out; `{id_token}` in it is replaced."),
    PROVIDER_CA_FILE(OIDC, LIST, "", "PEM files with the authorities trusted for calls to the provider."),
    USE_SYSTEM_TRUST_STORE(OIDC, BOOL, "false", "Trusts the system's authorities besides `provider-ca-file`."),
    SSL_INSECURE_SKIP_VERIFY(OIDC, BOOL, "false", "Does not check the provider's TLS certificate."),
    PROVIDER_TIMEOUT(OIDC, DURATION, "5s", "Ours. The longest one call to the provider may take, at most 10s."),
    RESOURCE(OIDC, STRING, "", OTHER_PROVIDER, "Azure: the resource asked for."),
    JWT_KEY(OIDC, STRING, "", OTHER_PROVIDER, "Login.gov: signing key."),
    JWT_KEY_FILE(OIDC, STRING, "", OTHER_PROVIDER, "Login.gov: file with the signing key."),
    PUBJWK_URL(OIDC, STRING, "", OTHER_PROVIDER, "Login.gov: where its keys are."),
    KEYCLOAK_GROUP(OIDC, LIST, "", OLD_KEYCLOAK, "Groups for the provider `keycloak`, which is not `keycloak-oidc`."),

    AZURE_TENANT(FOREIGN, STRING, "common", OTHER_PROVIDER, "Azure: tenant."),
    AZURE_GRAPH_GROUP_FIELD(FOREIGN, STRING, "", OTHER_PROVIDER, "Azure: field of a group that names it."),
    ENTRA_ID_ALLOWED_TENANT(FOREIGN, LIST, "", OTHER_PROVIDER, "Entra ID: tenants that may sign in."),
    ENTRA_ID_FEDERATED_TOKEN_AUTH(FOREIGN, BOOL, "false", OTHER_PROVIDER, "Entra ID: workload identity."),
    BITBUCKET_TEAM(FOREIGN, STRING, "", OTHER_PROVIDER, "Bitbucket: team that may sign in."),
    BITBUCKET_REPOSITORY(FOREIGN, STRING, "", OTHER_PROVIDER, "Bitbucket: repository whose readers may sign in."),
    GITHUB_ORG(FOREIGN, STRING, "", OTHER_PROVIDER, "GitHub: organisation that may sign in."),
    GITHUB_TEAM(FOREIGN, STRING, "", OTHER_PROVIDER, "GitHub: team that may sign in."),
    GITHUB_REPO(FOREIGN, STRING, "", OTHER_PROVIDER, "GitHub: repository whose collaborators may sign in."),
    GITHUB_TOKEN(FOREIGN, STRING, "", OTHER_PROVIDER, "GitHub: token to look collaborators up with."),
    GITHUB_USER(FOREIGN, LIST, "", OTHER_PROVIDER, "GitHub: users that may sign in."),
    GITLAB_GROUP(FOREIGN, LIST, "", OTHER_PROVIDER, "GitLab: groups that may sign in."),
    GITLAB_PROJECT(FOREIGN, LIST, "", OTHER_PROVIDER, "GitLab: projects whose members may sign in."),
    GOOGLE_GROUP(FOREIGN, LIST, "", OTHER_PROVIDER, "Google: groups that may sign in."),
    GOOGLE_ADMIN_EMAIL(FOREIGN, STRING, "", OTHER_PROVIDER, "Google: administrator to look groups up as."),
    GOOGLE_SERVICE_ACCOUNT_JSON(FOREIGN, STRING, "", OTHER_PROVIDER, "Google: file of the service account."),
    GOOGLE_USE_APPLICATION_DEFAULT_CREDENTIALS(FOREIGN, STRING, "", OTHER_PROVIDER, "Google: ambient credentials."),
    GOOGLE_TARGET_PRINCIPAL(FOREIGN, STRING, "", OTHER_PROVIDER, "Google: account to act as."),
    GOOGLE_USE_ORGANIZATION_ID(FOREIGN, STRING, "", OTHER_PROVIDER, "Google: organisation as preferred name."),
    GOOGLE_ADMIN_API_USER_SCOPE(FOREIGN, STRING, "", OTHER_PROVIDER, "Google: scope of the directory lookup."),

    COOKIE_NAME(
            COOKIES, STRING, "_oauth2_proxy", "Name of the session cookie; the other cookies' names derive from it."),
    COOKIE_SECRET(
            COOKIES,
            STRING,
            "",
            "Key that seals the cookies: 16, 24 or 32 bytes, raw or base64. Several are separated by commas: the first seals, all open. This or the file is required."),
    COOKIE_SECRET_FILE(
            COOKIES,
            STRING,
            "",
            "File with the cookie secret, or several, each on a line; see [secrets.md](secrets.md)."),
    SECRET_RELOAD(
            COOKIES, BOOL, "true", "Ours. Reads `cookie-secret-file` and `client-secret-file` again when they change."),
    COOKIE_DOMAIN(COOKIES, LIST, "", "Domains the cookies are for, so that one sign-in serves all their hosts."),
    COOKIE_PATH(COOKIES, STRING, "/", "Path the cookies are for."),
    COOKIE_SECURE(COOKIES, BOOL, "true", "Cookies travel over https only."),
    COOKIE_HTTPONLY(COOKIES, BOOL, "true", "Scripts cannot read the cookies."),
    COOKIE_SAMESITE(COOKIES, STRING, "lax", "`lax`, `strict`, `none`, or empty for no such attribute."),
    COOKIE_EXPIRE(COOKIES, DURATION, "168h", "How long a session lasts; 0 ends it with the browser."),
    COOKIE_REFRESH(
            COOKIES,
            DURATION,
            "0",
            "Age at which a session's tokens are renewed, or earlier if apps are handed a token that is about to expire; 0 never renews them."),
    SESSION_IDLE_TIMEOUT(
            COOKIES, DURATION, "0", "Ours. How long a session lasts without being used, 1m or more; 0 means any time."),
    COOKIE_CSRF_PER_REQUEST(COOKIES, BOOL, "true", "Accepted for compatibility; each sign-in has its own cookie."),
    COOKIE_CSRF_PER_REQUEST_LIMIT(
            COOKIES, INT, "16", "How many sign-ins one browser may have open; 0 means the default."),
    COOKIE_CSRF_EXPIRE(COOKIES, DURATION, "15m", "How long one sign-in may take."),
    COOKIE_CSRF_SAMESITE(
            COOKIES, STRING, "", "`SameSite` of the sign-in cookies; empty means that of the session cookie."),

    SESSION_STORE_TYPE(
            STORE,
            STRING,
            "cookie",
            "Where sessions are kept: `cookie`, `redis`, or `tomcat` for Tomcat's own sessions."),
    ADMIN_GROUP(
            STORE,
            LIST,
            "",
            "Ours. Groups, or roles as `role:NAME`, whose members see and end everybody's sessions at `/oauth2/sessions`; nobody if empty."),
    SESSION_COOKIE_MINIMAL(STORE, BOOL, "false", "Keeps no tokens in cookies."),
    REDIS_CONNECTION_URL(
            STORE,
            STRING,
            "",
            "Address of Redis: `redis://user:password@host:6379/0`, or `rediss://` for TLS. With `session-store-type=cookie`, replicas tell each other through it who was signed out."),
    REDIS_USERNAME(STORE, STRING, "", "User at Redis; overrides the address."),
    REDIS_PASSWORD(STORE, STRING, "", "Password at Redis; overrides the address."),
    REDIS_USE_SENTINEL(STORE, BOOL, "false", "Finds Redis through Sentinels, and follows a fail-over."),
    REDIS_SENTINEL_MASTER_NAME(STORE, STRING, "", "Name of the Redis server at the Sentinels."),
    REDIS_SENTINEL_CONNECTION_URLS(STORE, LIST, "", "Addresses of the Sentinels."),
    REDIS_SENTINEL_PASSWORD(STORE, STRING, "", "Password at the Sentinels; overrides their addresses."),
    REDIS_USE_CLUSTER(STORE, BOOL, "false", "Uses a Redis cluster."),
    REDIS_CLUSTER_CONNECTION_URLS(STORE, LIST, "", "Addresses of some of the cluster's nodes."),
    REDIS_CA_PATH(STORE, STRING, "", "PEM file with authorities that may vouch for Redis besides the system's."),
    REDIS_INSECURE_SKIP_TLS_VERIFY(STORE, BOOL, "false", "Does not check the certificate of Redis."),
    REDIS_CONNECTION_IDLE_TIMEOUT(STORE, INT, "0", NEVER_IDLE, "Seconds after which an idle connection is closed."),
    REDIS_TIMEOUT(STORE, DURATION, "500ms", "Ours. The longest one command to Redis may take, 50ms to 2s."),

    CLUSTER(
            STORE,
            STRING,
            "",
            "Ours. How replicas find each other to share sessions (`session-store-type=tomcat`) or sign-outs (`cookie`) by Tomcat's own cluster: `static` or `kubernetes`; off if empty."),
    CLUSTER_ADDRESS(
            STORE,
            STRING,
            ":4000",
            "Ours. Where this replica listens for the others; without a host, at this machine's own address."),
    CLUSTER_MEMBER(
            STORE,
            LIST,
            "",
            "Ours. `host:port` of every replica, the same list for all of them, for `cluster=static`."),
    CLUSTER_SECRET(
            STORE,
            STRING,
            "",
            "Ours. What encrypts their traffic, the same for all of them; the first `cookie-secret` if empty."),

    SET_XAUTHREQUEST(
            HEADERS,
            BOOL,
            "true",
            "Tells apps the user in `X-Auth-Request-User`, `-Email`, `-Preferred-Username`, `-Groups`."),
    PASS_ACCESS_TOKEN(HEADERS, BOOL, "false", "Adds `X-Auth-Request-Access-Token` to these headers."),
    SET_AUTHORIZATION_HEADER(HEADERS, BOOL, "false", "Hands apps the ID token as `Authorization: Bearer`."),
    SET_BASIC_AUTH(HEADERS, BOOL, "false", "Hands apps the user as `Authorization: Basic`."),
    BASIC_AUTH_PASSWORD(HEADERS, STRING, "", "Password for `set-basic-auth`, which needs one."),
    PREFER_EMAIL_TO_USER(
            HEADERS, BOOL, "false", "The user of `set-basic-auth` is the e-mail address, not the subject."),
    USER_ID_HEADER_CLAIM(
            HEADERS,
            STRING,
            "sub",
            "Ours. Claim that `X-Auth-Request-User` carries: `sub`, `preferred_username` or `email`."),
    CLAIM_HEADER(
            HEADERS,
            LIST,
            "",
            "Ours. Further headers, each with the claim it carries: `X-Header=claim`, by name or dotted path; filled from the next sign-in on."),
    SIGNED_IDENTITY_HEADER(
            HEADERS,
            STRING,
            "",
            "Ours. Header with the identity as a signed, short-lived JWT, for apps that check what they are told; off if empty."),
    SIGNED_IDENTITY_LIFETIME(HEADERS, DURATION, "60s", "Ours. How long such a JWT is valid: 10s to 10m."),
    PASS_BASIC_AUTH(HEADERS, BOOL, "true", NOT_PROXYING, "Sends the upstream `Authorization: Basic`."),
    PASS_USER_HEADERS(HEADERS, BOOL, "true", NOT_PROXYING, "Sends the upstream `X-Forwarded-User` and its kin."),
    PASS_AUTHORIZATION_HEADER(HEADERS, BOOL, "false", NOT_PROXYING, "Sends the upstream the ID token."),
    SKIP_AUTH_STRIP_HEADERS(
            HEADERS, BOOL, "true", NOT_PROXYING, "Removes identity headers on the way to the upstream."),

    PROXY_PREFIX(REQUESTS, STRING, "/oauth2", "Path below which our own endpoints lie."),
    REVERSE_PROXY(REQUESTS, BOOL, "false", PEERS_DECIDE, "Reads `X-Forwarded-*` headers."),
    TRUSTED_PROXY_IP(
            REQUESTS, LIST, "", "Proxies whose `X-Forwarded-*` is believed; private and loopback networks if empty."),
    REAL_CLIENT_IP_HEADER(REQUESTS, STRING, "X-Real-IP", "Header in which a trusted proxy names the user's address."),
    FORWARDED_SOURCE(
            REQUESTS,
            STRING,
            "x-forwarded",
            "Ours. What tells of the user's request: `x-forwarded`, `x-original-url` (ingress-nginx), `request` (Envoy)."),
    AUTH_CHALLENGE(
            REQUESTS,
            STRING,
            "auto",
            "Ours. Answer to a page request without a session: `auto`, `redirect` always, or `status-only` for 401 always."),
    TRUSTED_IP(REQUESTS, LIST, "", "Addresses and networks of clients that pass without a session."),
    REDIRECT_URL(REQUESTS, STRING, "", "Address the provider sends people back to, as registered there."),
    RELATIVE_REDIRECT_URL(REQUESTS, BOOL, "false", "Sends the provider a `redirect_uri` without a host."),
    WHITELIST_DOMAIN(REQUESTS, LIST, "", "Further hosts people may return to: `host`, `.host`, `host:port`, `host:*`."),
    EMAIL_DOMAIN(
            REQUESTS,
            LIST,
            "",
            "Domains of e-mail addresses that may sign in; `*` for all. This or one of the next two is required."),
    AUTHENTICATED_EMAILS_FILE(
            REQUESTS,
            STRING,
            "",
            "CSV file with e-mail addresses that may sign in besides those of `email-domain`; read again when it changes."),
    ACCESS_RULES_FILE(
            REQUESTS,
            STRING,
            "",
            "Ours. TOML file of rules: which host, path and method is for whom; see [access-rules.md](access-rules.md)."),
    HTPASSWD_FILE(
            REQUESTS,
            STRING,
            "",
            "File with local users, `name:hash` with bcrypt or {SHA}; read again when it changes."),
    HTPASSWD_USER_GROUP(REQUESTS, LIST, "", "Groups of the local users."),
    DISPLAY_HTPASSWD_FORM(REQUESTS, BOOL, "true", "Asks for name and password of local users on the sign-in page."),
    SKIP_PROVIDER_BUTTON(REQUESTS, BOOL, "false", "The sign-in page goes straight to the provider."),
    SKIP_AUTH_ROUTE(
            REQUESTS, LIST, "", "Requests that pass without a session: `METHOD=regex`, `METHOD!=regex` or `regex`."),
    SKIP_AUTH_REGEX(REQUESTS, LIST, "", "Paths that pass without a session; older form of `skip-auth-route`."),
    SKIP_AUTH_PREFLIGHT(REQUESTS, BOOL, "false", "CORS preflight requests pass without a session."),
    API_ROUTE(REQUESTS, LIST, "", "Regular expressions of addresses that get a JSON 401 instead of a sign-in."),
    FORCE_JSON_ERRORS(REQUESTS, BOOL, "false", "Checks answer 401 and 403 as JSON, never with a page or a sign-in."),
    SKIP_JWT_BEARER_TOKENS(
            REQUESTS,
            BOOL,
            "false",
            "Accepts the provider's JWTs in the `Authorization` header in place of a session."),
    EXTRA_JWT_ISSUERS(REQUESTS, LIST, "", "Further issuers of such tokens, each with its audience: `issuer=audience`."),
    BEARER_TOKEN_LOGIN_FALLBACK(
            REQUESTS, BOOL, "true", "A bad token counts as none; if not, it is refused even beside a good session."),
    ENCODE_STATE(REQUESTS, BOOL, "false", STATE_OPAQUE, "Encodes the state parameter."),
    FORCE_HTTPS(REQUESTS, BOOL, "false", "Sends people who came by http to https."),
    ALLOW_QUERY_SEMICOLONS(REQUESTS, BOOL, "false", NO_SEMICOLONS, "Lets semicolons separate query parameters."),
    SIGNATURE_KEY(REQUESTS, STRING, "", NO_SIGNED_UPSTREAM, "Key for signatures on upstream requests."),

    PING_PATH(SERVER, STRING, "/ping", "Path of the liveness probe."),
    PING_USER_AGENT(SERVER, STRING, "", "If set, the one `User-Agent` the liveness probe answers."),
    READY_PATH(SERVER, STRING, "/ready", "Path of the readiness probe."),
    GCP_HEALTHCHECKS(SERVER, BOOL, "false", PLAIN_PROBES, "Probes of Google's load balancer."),
    HTTP_ADDRESS(SERVER, STRING, "127.0.0.1:4180", "Address and port to listen on; an empty address means all."),
    HTTPS_ADDRESS(SERVER, STRING, ":443", "Address and port to listen on with TLS, when `tls-cert-file` is set."),
    TLS_CERT_FILE(SERVER, STRING, "", "PEM file with our certificate; with it nothing but https is spoken."),
    TLS_KEY_FILE(SERVER, STRING, "", "PEM file with our certificate's key, unencrypted."),
    TLS_MIN_VERSION(SERVER, STRING, "", "Oldest TLS version accepted: `TLS1.2`, which it is if empty, or `TLS1.3`."),
    TLS_CIPHER_SUITE(SERVER, LIST, "", "Cipher suites accepted with TLS 1.2, by their registered names."),
    SHUTDOWN_DELAY(
            SERVER,
            DURATION,
            "3s",
            "Ours. How long the server goes on answering after it was told to end, while the readiness probe says 503: 0 to 1m."),
    METRICS_ADDRESS(
            SERVER,
            STRING,
            "",
            "Address and port to serve metrics on, at `/metrics`; none if empty. See [metrics.md](metrics.md)."),
    METRICS_SECURE_ADDRESS(SERVER, STRING, "", NO_TLS_METRICS, "Address and port to serve metrics on with TLS."),
    METRICS_TLS_CERT_FILE(SERVER, STRING, "", NO_TLS_METRICS, "PEM file with the certificate for metrics."),
    METRICS_TLS_KEY_FILE(SERVER, STRING, "", NO_TLS_METRICS, "PEM file with that certificate's key."),

    LOGGING_FORMAT(
            LOGS,
            STRING,
            "json",
            "Ours. What lines look like that have no format of their own below: `json` or `text`."),
    LOGGING_LEVEL(
            LOGS,
            STRING,
            "info",
            "Ours. The least that is logged: `debug`, `info`, `warn` or `error`. Libraries log from `warn` on."),
    AUTH_LOGGING(
            LOGS, BOOL, "true", "Logs each check, who signed in or out, who was refused, and sign-ins that failed."),
    CHECK_LOGGING(
            LOGS,
            BOOL,
            "true",
            "Ours. Checks that refuse nobody get a line too, which are most of the traffic; if not, they do at level `debug`."),
    AUTH_LOGGING_FORMAT(LOGS, STRING, "", "Format of such a line; our own if empty."),
    REQUEST_LOGGING(LOGS, BOOL, "false", "Logs one line for each request, checks included, with its answer."),
    REQUEST_LOGGING_FORMAT(
            LOGS,
            STRING,
            "",
            "Format of such a line. If empty, a JSON object, and with `logging-format=text` the format of oauth2-proxy. If set, `request-logging` is on."),
    STANDARD_LOGGING(LOGS, BOOL, "true", "Logs everything else; without it only errors."),
    STANDARD_LOGGING_FORMAT(LOGS, STRING, "", "Format of every other line; our own if empty."),
    ERRORS_TO_INFO_LOG(LOGS, BOOL, "false", "Writes errors to standard output, not to standard error."),
    EXCLUDE_LOGGING_PATH(LOGS, LIST, "", "Paths, ours or the user's, whose requests get no line."),
    LOGGING_LOCAL_TIME(LOGS, BOOL, "true", "Writes times in the local zone, not in UTC."),
    SILENCE_PING_LOGGING(LOGS, BOOL, "false", "The probes get no line."),
    REQUEST_ID_HEADER(LOGS, STRING, "X-Request-Id", "Header in which a proxy names the request; log lines repeat it."),
    LOGGING_FILENAME(LOGS, STRING, "", NO_LOG_FILE, "File to log to."),
    LOGGING_MAX_SIZE(LOGS, INT, "100", NO_LOG_FILE, "Megabytes after which a new file is begun."),
    LOGGING_MAX_AGE(LOGS, INT, "7", NO_LOG_FILE, "Days to keep old files."),
    LOGGING_MAX_BACKUPS(LOGS, INT, "0", NO_LOG_FILE, "How many old files to keep."),
    LOGGING_COMPRESS(LOGS, BOOL, "false", NO_LOG_FILE, "Compresses old files."),

    CUSTOM_TEMPLATES_DIR(PAGES, STRING, "", OWN_PAGES, "Directory with pages of one's own."),
    CUSTOM_SIGN_IN_LOGO(
            PAGES,
            STRING,
            "",
            "Picture on our pages: a `.svg`, `.png`, `.jpg` or `.jpeg` file, an https address, or `-` for none."),
    BANNER(PAGES, STRING, "", "HTML above the sign-in button; `-` for none. Scripts and styles in it do not run."),
    FOOTER(PAGES, STRING, "", "HTML at the foot of our pages. Scripts and styles in it do not run."),
    SHOW_DEBUG_ON_ERROR(PAGES, BOOL, "false", "Shows users the cause of a failed sign-in, as the log has it."),

    UPSTREAM(PROXYING, LIST, "", "`static://CODE`: what the catch-all `/` answers to a valid session; 200 if not set."),
    PASS_HOST_HEADER(PROXYING, BOOL, "true", NOT_PROXYING, "Sends the upstream the user's `Host`."),
    PROXY_WEBSOCKETS(PROXYING, BOOL, "true", NOT_PROXYING, "Passes WebSockets on."),
    FLUSH_INTERVAL(PROXYING, DURATION, "1s", NOT_PROXYING, "How often a streamed answer is passed on."),
    UPSTREAM_TIMEOUT(PROXYING, DURATION, "30s", NOT_PROXYING, "How long the upstream may take."),
    DISABLE_KEEP_ALIVES(PROXYING, BOOL, "false", NOT_PROXYING, "Closes each connection to the upstream."),
    SSL_UPSTREAM_INSECURE_SKIP_VERIFY(
            PROXYING, BOOL, "false", NOT_PROXYING, "Does not check the upstream's certificate.");

    /** What the names of our environment variables begin with. */
    static final String ENVIRONMENT_PREFIX = "OAUTH2_PROXY_";

    private final Section section;
    private final ValueType type;
    private final String defaultValue;
    private final Standing standing;
    private final String meaning;

    Option(Section section, ValueType type, String defaultValue, String meaning) {
        this(section, type, defaultValue, SUPPORTED, meaning);
    }

    Option(Section section, ValueType type, String defaultValue, Standing standing, String meaning) {
        this.section = section;
        this.type = type;
        this.defaultValue = defaultValue;
        this.standing = standing;
        this.meaning = meaning;
    }

    Section section() {
        return section;
    }

    ValueType type() {
        return type;
    }

    /** The default, written as an operator would write it; lists split on commas. */
    String defaultValue() {
        return defaultValue;
    }

    Standing standing() {
        return standing;
    }

    String meaning() {
        return meaning;
    }

    /** Whether its value must never be shown. */
    boolean isSecret() {
        return switch (this) {
            case CLIENT_SECRET,
                    COOKIE_SECRET,
                    CLUSTER_SECRET,
                    BASIC_AUTH_PASSWORD,
                    REDIS_PASSWORD,
                    REDIS_SENTINEL_PASSWORD,
                    REDIS_CONNECTION_URL,
                    REDIS_SENTINEL_CONNECTION_URLS,
                    REDIS_CLUSTER_CONNECTION_URLS,
                    BACKEND_LOGOUT_URL, // its query may hold a key
                    SIGNATURE_KEY,
                    JWT_KEY,
                    GITHUB_TOKEN -> true;
            default -> false;
        };
    }

    /** Whether the file may set it. */
    boolean isInFile() {
        return section != START;
    }

    /** Whether the environment may set it; a WAR in a Tomcat of the operator's own has no command line for {@code config}. */
    boolean isInEnvironment() {
        return isInFile() || this == CONFIG;
    }

    /** The name on the command line, without the two dashes. */
    String flag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name in the TOML file: lists stand in the plural there. */
    String key() {
        String singular = name().toLowerCase(Locale.ROOT);
        boolean plural = type == LIST && this != SKIP_AUTH_REGEX && !singular.endsWith("s");
        return plural ? singular + "s" : singular;
    }

    /** The name of the environment variable. */
    String environment() {
        return ENVIRONMENT_PREFIX + key().toUpperCase(Locale.ROOT);
    }
}
