package io.github.postern.web;

/** What can go wrong with a sign-in: what people read, and the cure that page and log name for the administrator. */
public enum LoginFailure {
    /** The user, or a rule at the provider, said no ({@code access_denied}). */
    DECLINED(
            403,
            "Sign-in was cancelled",
            "The sign-in was cancelled, or your account may not use this site.",
            "Try again. If you did not cancel it, ask your administrator.",
            "Check at the provider whether this user may use this client."),
    /** No login cookie fits the answer of the provider: login CSRF, another browser, blocked cookies. */
    ATTEMPT_UNKNOWN(
            403,
            "This sign-in cannot be finished here",
            "It was started in another browser, it is too old, or this browser blocks cookies.",
            "Try again in this window. If it fails again, allow cookies for this site.",
            "If it happens to everyone: redirect-url must name a host that cookie-domain covers, and cookie-secure=true needs https."),
    /** The provider's login page stood open for too long. */
    ATTEMPT_EXPIRED(
            403,
            "Sign-in took too long",
            "The sign-in was started too long ago.",
            "Try again.",
            "The time for one sign-in is set at the provider (Keycloak: realm settings, sessions, login timeout)."),
    /** The same answer of the provider came a second time. */
    ATTEMPT_USED(
            403,
            "This sign-in is already done",
            "This page was opened twice, perhaps by the back button or by a reload.",
            "You may be signed in already. If not, try again.",
            ""),
    /** The cookie would not reach the host the user is on: signing in would never end. */
    COOKIE_DOMAIN(
            401,
            "You cannot stay signed in at this address",
            "The session cookie does not reach this address, so signing in would start over and over.",
            "Tell your administrator. Trying again will not help.",
            "Set cookie-domain to a domain that covers this host, or serve this site on a host that it covers."),
    /** The provider does not list {@code redirect-url}. */
    REDIRECT_URL(
            400,
            "The sign-in service does not know this site",
            "It does not accept the address it should bring you back to.",
            "Tell your administrator. Trying again will not help.",
            "Add redirect-url, exactly as it stands, to the client's valid redirect URIs (Keycloak: Clients, Settings)."),
    /** The provider does not accept our client, its secret, or what it asks for. */
    CLIENT_REFUSED(
            400,
            "The sign-in service does not accept this site",
            "This site and the sign-in service are not set up for each other.",
            "Tell your administrator. Trying again will not help.",
            "Compare client-id, client-secret, scope and the client's flows with the provider; the log has its answer."),
    /** The provider gave an error that we have no words for. */
    PROVIDER_REFUSED(
            400,
            "The sign-in service reported a problem",
            "It could not finish your sign-in.",
            "Try again. If it fails again, tell your administrator.",
            "The log has the provider's error code."),
    /** The e-mail claim is missing or empty. */
    EMAIL_MISSING(
            403,
            "Your account has no e-mail address",
            "This site needs your e-mail address, and the sign-in service did not send one.",
            "Add an address to your account, or ask your administrator. Then try again.",
            "Fill in the user's e-mail; the scope email or an e-mail mapper must put it into the ID token. oidc-email-claim names another claim."),
    /** {@code email_verified} is false. */
    EMAIL_UNVERIFIED(
            403,
            "Your e-mail address is not confirmed",
            "The sign-in service does not know yet whether the address is yours.",
            "Open the confirmation message in your mailbox, or ask your administrator. Then try again.",
            "Switch on \"Email verified\" for the user, or set insecure-oidc-allow-unverified-email=true."),
    /** Groups decide who may pass, and the claim is missing. */
    GROUPS_MISSING(
            403,
            "Your groups are not known",
            "This site is for certain groups, and the sign-in service did not send yours.",
            "Tell your administrator. Then try again.",
            "Give the client a group membership mapper (Keycloak: Client scopes, dedicated, Add mapper) for the claim that oidc-groups-claim names."),
    /** The ID token, or the provider's answer around it, did not pass a check. */
    TOKEN_REJECTED(
            403,
            "Your sign-in could not be verified",
            "The answer of the sign-in service did not pass our checks.",
            "Try again. If it fails again, tell your administrator.",
            "The log names the check that failed: often a clock that is wrong, or an oidc-issuer-url that is not the provider's own."),
    /** The ID token is meant for another client. */
    AUDIENCE(
            403,
            "This sign-in is meant for another site",
            "The sign-in service did not say that it is meant for this one.",
            "Tell your administrator. Trying again will not help.",
            "Let the provider add client-id to the token's audience (Keycloak: an audience mapper), or accept what it names with oidc-extra-audience or oidc-audience-claim."),
    /** The provider did not take its own code ({@code invalid_grant}). */
    CODE_REFUSED(
            403,
            "This sign-in is no longer valid",
            "The sign-in service had already closed it, perhaps because it took too long.",
            "Try again.",
            ""),
    /** The session would not fit into the cookies a browser keeps. */
    SESSION_TOO_LARGE(
            403,
            "Your account is too large to sign in",
            "The list of your groups does not fit into the session.",
            "Tell your administrator. Trying again will not help.",
            "Send fewer groups to this client, or keep sessions on a server with session-store-type."),
    /** The provider gave an answer that is none. */
    PROVIDER_BROKEN(
            502,
            "The sign-in service has a problem",
            "It gave an answer that we cannot use.",
            "Wait a moment, then try again.",
            "The log has the provider's answer."),
    /** The provider cannot be reached, or we have never reached it yet. */
    PROVIDER_UNREACHABLE(
            503,
            "Sign-in is not possible right now",
            "The sign-in service cannot be reached.",
            "Wait a moment, then try again. Where you are signed in already, you stay signed in.",
            "The log has the reason. oidc-issuer-url must be reachable from this server, by name and with a certificate it trusts."),
    /** The provider did not answer in time. */
    PROVIDER_SLOW(
            504, "The sign-in service is too slow", "It did not answer in time.", "Wait a moment, then try again.", ""),
    /** What keeps sessions cannot be reached, so it is not known who is signed in. */
    SESSIONS_AWAY(
            503,
            "This site has a problem for the moment",
            "The place where it keeps who is signed in cannot be reached. You are not signed out.",
            "Wait a moment, then try again.",
            "The log has the reason. The server that session-store-type names must be reachable from this one."),
    /** A fault of our own. */
    INTERNAL(
            503,
            "Something went wrong",
            "The fault is ours, not yours.",
            "Try again. If it fails again, tell your administrator.",
            "The log has the cause.");

    private final int status;
    private final String title;
    private final String explanation;
    private final String advice;
    private final String cure;

    LoginFailure(int status, String title, String explanation, String advice, String cure) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
        this.advice = advice;
        this.cure = cure;
    }

    /**
     * What the provider's {@code error} means to people. RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6
     *
     * @param description {@code error_description}, or empty; only Keycloak's word for a login page left open too long counts
     */
    public static LoginFailure ofProviderError(String error, String description) {
        return switch (error) {
            case "access_denied",
                    "login_required",
                    "interaction_required",
                    "consent_required",
                    "account_selection_required" -> DECLINED;
            case "temporarily_unavailable" ->
                description.equals("authentication_expired") ? ATTEMPT_EXPIRED : PROVIDER_UNREACHABLE;
            case "server_error" -> PROVIDER_BROKEN;
            case "invalid_request",
                    "unauthorized_client",
                    "invalid_client",
                    "unsupported_response_type",
                    "invalid_scope",
                    "request_not_supported" -> CLIENT_REFUSED;
            case "invalid_redirect_uri", "redirect_uri_mismatch" -> REDIRECT_URL;
            case "invalid_grant" -> CODE_REFUSED;
            default -> PROVIDER_REFUSED;
        };
    }

    /** The HTTP status of the page. */
    public int status() {
        return status;
    }

    /** What happened, in a few words. */
    public String title() {
        return title;
    }

    /** What happened, in a sentence. */
    public String explanation() {
        return explanation;
    }

    /** What the user can do. */
    public String advice() {
        return advice;
    }

    /** What the administrator can do, naming the setting; empty when there is nothing to set. */
    public String cure() {
        return cure;
    }

    /** Whether "try again" is worth a button. */
    public boolean retry() {
        return switch (this) {
            case COOKIE_DOMAIN, REDIRECT_URL, CLIENT_REFUSED, SESSION_TOO_LARGE, AUDIENCE -> false;
            default -> true;
        };
    }
}
