package io.github.postern.fakes;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A person's browser, and the proxy between it and Postern: it keeps cookies, follows redirects by hand and shows every hop.
 *
 * <p>{@code https://akko.local/oauth2/…} goes to Postern as Traefik forwards it. Any other address below {@code akko.local} is an app
 * behind Traefik's forwardAuth: the auth call is made, and on 200 the app answers with the identity headers it was given. The
 * identity provider is asked directly.
 */
public final class FakeBrowser {
    private static final int MOST_HOPS = 12;
    private static final List<Header> NAVIGATION = List.of(
            new Header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            new Header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            new Header("Sec-Fetch-Dest", "document"),
            new Header("Sec-Fetch-Mode", "navigate"));

    private final RawHttp postern;
    private final RawHttp provider;
    private final String user;
    private final String providerAuthority;
    private final CookieJar jar = new CookieJar(InstantSource.system());

    /** @param user the account that signs in when the provider asks */
    public FakeBrowser(RawHttp postern, RawHttp provider, String user) {
        this(postern, provider, user, "127.0.0.1:" + provider.port());
    }

    /** @param providerAuthority the host and port that addresses of the provider name, wherever it is asked */
    public FakeBrowser(RawHttp postern, RawHttp provider, String user, String providerAuthority) {
        this.postern = postern;
        this.provider = provider;
        this.user = user;
        this.providerAuthority = providerAuthority;
    }

    public CookieJar jar() {
        return jar;
    }

    /** Opens a page and follows redirects, and forms the provider's page posts, until something else comes. */
    public Visit open(String address, Header... headers) {
        var hops = new ArrayList<Visit.Hop>();
        var url = Url.of(address);
        var form = Optional.<PostedForm>empty();
        for (int i = 0; i < MOST_HOPS; i++) {
            var request = form.isPresent() ? form.get().request() : Request.get(url.target());
            var reply = step(request.with(NAVIGATION).with(List.of(headers)), url);
            hops.add(new Visit.Hop(url, reply));
            form = isProvider(url) ? PostedForm.on(reply) : Optional.empty();
            if (!reply.isRedirect() && form.isEmpty()) {
                return new Visit(hops);
            }
            var next = url.resolve(form.map(PostedForm::action).orElseGet(reply::location));
            if (!isReachable(next)) {
                hops.add(new Visit.Hop(next, new Reply(0, List.of(), "outside")));
                return new Visit(hops);
            }
            url = next;
        }
        throw new AssertionError("redirect loop: " + new Visit(hops));
    }

    /** Opens a page up to the redirect that leads to our callback, and does not follow that one. */
    public Visit openUntilCallback(String address) {
        var hops = new ArrayList<Visit.Hop>();
        var url = Url.of(address);
        while (!url.path().endsWith("/callback") && hops.size() < MOST_HOPS) {
            var reply = get(url.toString());
            hops.add(new Visit.Hop(url, reply));
            if (!reply.isRedirect()) {
                break;
            }
            url = url.resolve(reply.location());
        }
        return new Visit(hops);
    }

    /** One page navigation without following its redirect; cookies go and come. */
    public Reply get(String address, Header... headers) {
        var url = Url.of(address);
        return step(Request.get(url.target()).with(NAVIGATION).with(List.of(headers)), url);
    }

    /** Any request of this browser, with its cookies and nothing else added but what the proxy adds. */
    public Reply send(String address, Request request) {
        return step(request, Url.of(address));
    }

    /** The cookies this browser would send there, as one header value. */
    public String cookiesFor(String address) {
        return cookieHeader(Url.of(address));
    }

    private Reply step(Request request, Url url) {
        var cookies = cookieHeader(url);
        var complete = cookies.isEmpty() ? request : request.with("Cookie", cookies);
        Reply reply;
        if (isProvider(url)) {
            reply = provider.send(complete.with("X-Fake-User", user));
        } else if (url.path().startsWith("/oauth2/")) {
            reply = postern.send(Traefik.proxied(complete, url));
        } else {
            reply = Traefik.answer(postern.send(Traefik.authCall(complete, url)));
        }
        jar.store(url, reply.cookies());
        return reply;
    }

    private String cookieHeader(Url url) {
        return jar.matching(url).stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    private boolean isProvider(Url url) {
        return providerAuthority.equals(url.host() + ":" + url.port());
    }

    private boolean isReachable(Url url) {
        return isProvider(url) || url.host().equals("akko.local") || url.host().endsWith(".akko.local");
    }
}
