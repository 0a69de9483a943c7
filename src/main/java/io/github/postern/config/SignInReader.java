package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fills {@link SignInSettings}. */
final class SignInReader {
    private static final Pattern PATH = Pattern.compile("/(?!/)[-A-Za-z0-9._~!$&'()*+,;=:@%/]*");

    private final Values values;
    private final Findings findings;

    SignInReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** @param prefix our own endpoints' path */
    SignInSettings read(String prefix) {
        return new SignInSettings(
                responseMode(),
                relativeRedirect(prefix + "/callback"),
                !values.isOn(SKIP_CLAIMS_FROM_PROFILE_URL),
                keepTokens());
    }

    private Optional<String> responseMode() {
        Optional<String> mode = values.textIfAny(AUTH_REQUEST_RESPONSE_MODE);
        mode.filter(name -> !List.of("query", SignInSettings.FORM_POST).contains(name))
                .ifPresent(name -> findings.mistake(
                        AUTH_REQUEST_RESPONSE_MODE,
                        Quoted.of(name) + " cannot be answered here; choose query or form_post, or remove it"));
        return mode;
    }

    private Optional<String> relativeRedirect(String callback) {
        if (!values.isOn(RELATIVE_REDIRECT_URL)) {
            return Optional.empty();
        }
        String path = values.textIfAny(REDIRECT_URL).orElse(callback);
        if (!path.startsWith("/")) {
            findings.note("relative-redirect-url has no effect: redirect-url names a host; remove the host, or this.");
            return Optional.empty();
        }
        if (!PATH.matcher(path).matches()) {
            findings.mistake(REDIRECT_URL, "is no path that could be sent without a host; " + callback + " suits most");
        }
        findings.note("relative-redirect-url=true: the provider must know which host " + path
                + " is on; for Keycloak that is the client's root URL.");
        return Optional.of(path);
    }

    /** @return false when the operator wants the smallest cookie */
    private boolean keepTokens() {
        boolean minimal = values.isOn(SESSION_COOKIE_MINIMAL);
        if (minimal) {
            refuse(values.isOn(PASS_ACCESS_TOKEN), "pass-access-token hands apps the access token");
            refuse(values.isOn(SET_AUTHORIZATION_HEADER), "set-authorization-header hands apps the ID token");
            refuse(!values.duration(COOKIE_REFRESH).isZero(), "cookie-refresh needs the refresh token");
            findings.note("session-cookie-minimal=true: no ID token is kept, so a sign-out names only the client to the"
                    + " provider, which may ask the user whether to sign out.");
        }
        return !minimal;
    }

    private void refuse(boolean contradicted, String reason) {
        if (contradicted) {
            findings.mistake(SESSION_COOKIE_MINIMAL, "keeps no tokens, but " + reason + "; remove one of the two");
        }
    }
}
