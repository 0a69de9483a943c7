package io.github.postern.security;

import io.github.postern.fakes.CookieJar;
import io.github.postern.fakes.FakeBrowser;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Somebody who has signed in.
 *
 * @param gateway where
 * @param browser whose cookies these are
 */
record Session(Gateway gateway, FakeBrowser browser) {
    static final String APP = "https://mlflow.akko.local/x";

    static Session of(Gateway gateway, String user) {
        var browser = gateway.browser(user);
        var visit = browser.open(APP);
        if (visit.page().status() != 200) {
            throw new AssertionError(
                    "not signed in: " + visit + "\n" + visit.page().whole());
        }
        return new Session(gateway, browser);
    }

    /** The session cookies an app's request carries, parts in order. */
    List<CookieJar.Cookie> cookies() {
        return browser.jar().all().stream()
                .filter(cookie -> cookie.name().matches("_(akko_oauth2|other_app)(_[0-9]+)?"))
                .sorted(Comparator.comparing(CookieJar.Cookie::name))
                .toList();
    }

    /** The {@code Cookie} header of an app's request. */
    String header() {
        return header(cookies());
    }

    static String header(List<CookieJar.Cookie> cookies) {
        return cookies.stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    /** The value of the only, or first, session cookie. */
    String value() {
        return cookies().get(0).value();
    }
}
