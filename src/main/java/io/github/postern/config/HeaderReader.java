package io.github.postern.config;

import static io.github.postern.config.Option.*;

/** Fills {@link HeaderSettings}. */
final class HeaderReader {
    private HeaderReader() {}

    static HeaderSettings read(Values values, Findings findings) {
        var headers = new HeaderSettings(
                values.isOn(SET_XAUTHREQUEST), values.isOn(PASS_ACCESS_TOKEN), values.isOn(SET_AUTHORIZATION_HEADER));
        if (!values.isSet(SET_XAUTHREQUEST)) {
            findings.note(
                    "Apps are told who is signed in by X-Auth-Request-User, -Email, -Preferred-Username and -Groups;"
                            + " set-xauthrequest=false ends that.");
        }
        if (headers.accessToken() && !headers.identity()) {
            findings.note("pass-access-token has no effect: set-xauthrequest is false.");
        }
        return headers;
    }
}
