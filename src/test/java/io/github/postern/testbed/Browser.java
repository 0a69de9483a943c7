package io.github.postern.testbed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;

/**
 * A browser without a screen: keeps cookies, follows redirects, sends what a browser sends about a navigation or a fetch.
 * Every host name leads to loopback, so nothing has to resolve them.
 */
public final class Browser {
    private static final int MOST_REDIRECTS = 20;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String PAGES = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private final Optional<Certificate> certificate;
    private final CookieJar cookies = new CookieJar();

    /** @param certificate what to trust on a site with https */
    public Browser(Optional<Certificate> certificate) {
        this.certificate = certificate;
    }

    /** The cookies it holds. */
    public CookieJar cookies() {
        return cookies;
    }

    /** Opens an address as if it had been typed, and follows redirects to the page at the end. */
    public Page open(URI address) {
        return navigate("GET", address, navigation("none"), new byte[0]);
    }

    /** Follows a link from a page of the same site. */
    public Page follow(URI from, URI address) {
        return navigate(
                "GET",
                address,
                navigation(origin(from).equals(origin(address)) ? "same-origin" : "same-site"),
                new byte[0]);
    }

    /** Fills in and sends the first form of a page. */
    public Page submit(Page page, Map<String, String> values) {
        var form = page.form().orElseThrow(() -> new IllegalStateException("no form at " + page.address()));
        var fields = new LinkedHashMap<>(form.values());
        fields.putAll(values);
        var body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        var headers = navigation("same-origin")
                .and("Origin", origin(page.address()))
                .and("Content-Type", "application/x-www-form-urlencoded");
        return navigate("POST", form.action(), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A script's request with the cookies; redirects are not followed. */
    public Message fetch(URI address) {
        return exchange(
                "GET",
                address,
                Fields.of(
                        "Accept",
                        "application/json",
                        "Sec-Fetch-Dest",
                        "empty",
                        "Sec-Fetch-Mode",
                        "cors",
                        "Sec-Fetch-Site",
                        "same-origin"),
                new byte[0]);
    }

    /** One request with these fields and the cookies; redirects are not followed. */
    public Message get(URI address, Fields fields) {
        return exchange("GET", address, fields, new byte[0]);
    }

    /** One navigation with the cookies; redirects are not followed. */
    public Message navigateOnce(URI address) {
        return exchange("GET", address, navigation("none"), new byte[0]);
    }

    private Page navigate(String method, URI address, Fields fields, byte[] body) {
        List<Page.Hop> hops = new ArrayList<>();
        var at = address;
        var answer = exchange(method, at, fields, body);
        hops.add(new Page.Hop(method, at, answer.status()));
        while (answer.status() / 100 == 3 && answer.fields().first("Location").isPresent()) {
            if (hops.size() > MOST_REDIRECTS) {
                throw new IllegalStateException("redirected in a circle: " + hops);
            }
            at = at.resolve(answer.fields().first("Location").get());
            // only 307 and 308 would repeat a POST, and nobody here sends them
            answer = exchange("GET", at, fields.without("Origin", "Content-Type"), new byte[0]);
            hops.add(new Page.Hop("GET", at, answer.status()));
        }
        return new Page(at, answer, hops);
    }

    private Message exchange(String method, URI address, Fields fields, byte[] body) {
        var sent = Fields.of("Host", address.getRawAuthority(), "User-Agent", "Mozilla/5.0 (Postern test bed)")
                .with(fields);
        var cookie = cookies.header(address);
        if (!cookie.isEmpty()) {
            sent = sent.and("Cookie", cookie);
        }
        if (body.length > 0) {
            sent = sent.and("Content-Length", Integer.toString(body.length));
        }
        var answer = send(address, new Message(method + " " + target(address) + " HTTP/1.1", sent, body));
        cookies.take(address, answer.fields().values("Set-Cookie"));
        return answer;
    }

    /**
     * Sends exactly this message, without cookies.
     *
     * @throws UncheckedIOException if nobody answers
     */
    public Message send(URI address, Message request) {
        // The connection is dropped without TLS's closing alert: this JDK's TLS waits for the other side's, and a
        // server on
        // the same JDK waits for ours
        try (var plain = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            plain.setSoTimeout(PATIENCE_MILLIS);
            var socket = address.getScheme().equals("https") ? secured(plain, address) : plain;
            var fields = request.fields();
            var lasting = fields.first("Connection").isPresent() ? fields : fields.and("Connection", "close");
            request.with(lasting).write(socket.getOutputStream());
            return Message.readAnswer(new BufferedInputStream(socket.getInputStream()), request.method());
        } catch (IOException e) {
            throw new UncheckedIOException(address + ": " + e.getMessage(), e);
        }
    }

    private Socket secured(Socket plain, URI address) throws IOException {
        var factory = certificate.orElseThrow().context().getSocketFactory();
        var secure = (SSLSocket) factory.createSocket(plain, address.getHost(), address.getPort(), true);
        var parameters = secure.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(address.getHost())));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private static Fields navigation(String from) {
        return Fields.of(
                "Accept",
                PAGES,
                "Accept-Language",
                "en",
                "Sec-Fetch-Dest",
                "document",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Site",
                from,
                "Sec-Fetch-User",
                "?1",
                "Upgrade-Insecure-Requests",
                "1");
    }

    private static String target(URI address) {
        var path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
