package io.github.postern.login;

import io.github.postern.config.ProviderAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls {@code backend-logout-url} when somebody signs out; what comes of it is told to the operator only. */
final class BackendLogout {
    private static final Logger LOG = LoggerFactory.getLogger(BackendLogout.class);
    private static final Set<Integer> GOOD = Set.of(200, 204);
    private static final int MOST_AT_ONCE = 4;
    private final Semaphore calls = new Semaphore(MOST_AT_ONCE);
    private final Optional<String> address;
    private final ProviderHttp http;

    /** @param address empty where nothing is to be called */
    BackendLogout(Optional<String> address, ProviderHttp http) {
        this.address = address;
        this.http = http;
    }

    /** @param idToken the session's, or empty where none was kept */
    void call(String idToken) {
        address.filter(template -> !idToken.isEmpty() || !template.contains(ProviderAddresses.ID_TOKEN))
                .map(template -> template.replace(ProviderAddresses.ID_TOKEN, idToken))
                .ifPresent(this::bounded);
    }

    /** A backend that hangs must not take all of the server's threads with it. */
    private void bounded(String filled) {
        if (!calls.tryAcquire()) {
            LOG.warn("backend-logout-url is not called: {} calls to it are waiting already.", MOST_AT_ONCE);
            return;
        }
        try {
            get(filled);
        } finally {
            calls.release();
        }
    }

    /** Nothing of the address or of what the library says about it is logged: it holds the token. */
    private void get(String filled) {
        try {
            int status = http.call(
                            ProviderCalls.Endpoint.LOGOUT,
                            HttpRequest.newBuilder(URI.create(filled)).build())
                    .statusCode();
            if (!GOOD.contains(status)) {
                LOG.warn("backend-logout-url answered {}, where 200 or 204 was expected.", status);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("backend-logout-url cannot be called: {}", e.getClass().getSimpleName());
        }
    }
}
