package io.github.postern.security;

import io.github.postern.fakes.CookieJar;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.Parameters;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Url;

/**
 * A login that has come as far as the provider's answer, and stands before our callback.
 *
 * @param gateway where it runs
 * @param browser whose it is
 * @param authorization the parameters we sent to the provider
 * @param callback the address the provider sends the browser to
 */
record Attempt(Gateway gateway, FakeBrowser browser, Parameters authorization, Url callback) {
    static final String START = "https://akko.local/oauth2/start?rd=%2Fwanted";

    /** A clean browser of this person starts a login. */
    static Attempt of(Gateway gateway, String user) {
        return of(gateway, gateway.browser(user));
    }

    static Attempt of(Gateway gateway, FakeBrowser browser) {
        return of(gateway, browser, START);
    }

    static Attempt of(Gateway gateway, FakeBrowser browser, String address) {
        var visit = browser.openUntilCallback(address);
        var asked = visit.at(Endpoint.AUTHORIZE.path()).url();
        return new Attempt(gateway, browser, Parameters.parse(asked.query()), Url.of(visit.target()));
    }

    /** The callback as it should be. */
    Reply finish() {
        return browser.get(callback.toString());
    }

    /** The callback with another query. */
    Reply finishWith(String query) {
        return browser.get("https://akko.local/oauth2/callback" + query);
    }

    /** The callback's query with a parameter replaced; a null-like empty replacement removes it. */
    String queryWith(String name, String value) {
        var kept = callback.query()
                .replaceAll("([?&])" + name + "=[^&]*", "$1")
                .replace("?&", "?")
                .replace("&&", "&");
        return value.isEmpty() ? kept : kept + "&" + name + "=" + value;
    }

    String parameter(String name) {
        return Parameters.parse(callback.query()).get(name);
    }

    /** The login cookie of this attempt. */
    CookieJar.Cookie loginCookie() {
        return browser.jar().all().stream()
                .filter(cookie -> Expect.isLogin(cookie.name()))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("no login cookie"));
    }
}
