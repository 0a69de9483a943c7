package io.github.postern.login;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.github.postern.login.ProviderCalls.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Our calls to the identity provider: each ends within its time, from connecting to the last byte; no redirect is
 * followed, so that no secret goes where the operator did not send it.
 */
final class ProviderHttp implements ResourceRetriever, AutoCloseable {
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int HUNDRED = 100;
    private static final int THREADS = 4;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        var thread = new Thread(task, "postern-provider-http");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client;
    private final Duration timeout;
    private final ProviderCalls listener;

    ProviderHttp(SSLContext tls, Duration timeout) {
        this(tls, timeout, ProviderCalls.NONE);
    }

    /** @param listener hears of each call */
    ProviderHttp(SSLContext tls, Duration timeout, ProviderCalls listener) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .sslContext(tls)
                .executor(threads)
                .build();
        this.timeout = timeout;
        this.listener = listener;
    }

    /** @throws IOException also when the time is up ({@link java.net.http.HttpTimeoutException}) */
    HttpResponse<byte[]> call(Endpoint endpoint, HttpRequest request) throws IOException {
        ProviderCalls.Call heard = listener.begin(endpoint.word(), request);
        long begun = System.nanoTime();
        int status = 0;
        try {
            HttpResponse<byte[]> answer = call(with(heard.headers(), request));
            status = answer.statusCode();
            return answer;
        } finally {
            heard.ended(result(status), status, System.nanoTime() - begun);
        }
    }

    private static HttpRequest with(Map<String, String> headers, HttpRequest request) {
        if (headers.isEmpty()) {
            return request;
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(request, (name, value) -> true);
        headers.forEach(builder::setHeader);
        return builder.build();
    }

    private static String result(int status) {
        return switch (status / HUNDRED) {
            case 2, 3 -> "ok";
            case 4 -> "refused";
            default -> "failed";
        };
    }

    private HttpResponse<byte[]> call(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new java.net.http.HttpTimeoutException(
                    request.uri().getHost() + " did not answer within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    /** What Nimbus sends requests to an endpoint with. */
    HTTPRequestSender to(Endpoint endpoint) {
        return request -> send(endpoint, request);
    }

    private ReadOnlyHTTPResponse send(Endpoint endpoint, ReadOnlyHTTPRequest request) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.getURI());
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String body = Optional.ofNullable(request.getBody()).orElse("");
        builder.method(
                request.getMethod().name(),
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        return readable(call(endpoint, builder.build()));
    }

    private static HTTPResponse readable(HttpResponse<byte[]> answer) throws IOException {
        var response = new HTTPResponse(answer.statusCode());
        for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
            if (header.getKey().equalsIgnoreCase("Content-Type")) {
                setContentType(response, header.getValue().get(0));
            }
        }
        answer.headers().firstValue(RetryAfter.HEADER).ifPresent(value -> response.setHeader(RetryAfter.HEADER, value));
        response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return response;
    }

    private static void setContentType(HTTPResponse response, String contentType) throws IOException {
        try {
            response.setContentType(contentType);
        } catch (ParseException e) {
            throw new IOException("unreadable Content-Type", e);
        }
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        return get(Endpoint.JWKS, URI.create(url.toString()));
    }

    /** @throws IOException for any answer but 200 */
    Resource get(Endpoint endpoint, URI uri) throws IOException {
        HttpResponse<byte[]> answer = call(
                endpoint,
                HttpRequest.newBuilder(uri).header("Accept", "application/json").build());
        if (answer.statusCode() != HTTPResponse.SC_OK) {
            throw new IOException(shown(uri) + " answered " + answer.statusCode());
        }
        String contentType = answer.headers().firstValue("Content-Type").orElse("application/json");
        return new Resource(new String(answer.body(), StandardCharsets.UTF_8), contentType);
    }

    /** An address for the log: its query may hold a secret. */
    static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
