package io.github.postern.login;

import io.github.postern.config.ProviderAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls {@code backend-logout-url} when somebody signs out; what comes of it is told to the operator only. */
final class BackendLogout {
    private static final Logger LOG = LoggerFactory.getLogger(BackendLogout.class);
    private static final Set<Integer> GOOD = Set.of(200, 204);
    private final Optional<String> address;
    private final ProviderHttp http;

    /** @param address empty where nothing is to be called */
    BackendLogout(Optional<String> address, ProviderHttp http) {
        this.address = address;
        this.http = http;
    }

    /** @param idToken the session's, or empty where none was kept */
    void call(String idToken) {
        address.ifPresent(template -> get(template.replace(ProviderAddresses.ID_TOKEN, idToken)));
    }

    /** Nothing of the address or of what the library says about it is logged: it holds the token. */
    private void get(String filled) {
        try {
            int status = http.call(HttpRequest.newBuilder(URI.create(filled)).build())
                    .statusCode();
            if (!GOOD.contains(status)) {
                LOG.warn("backend-logout-url answered {}, where 200 or 204 was expected.", status);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("backend-logout-url cannot be called: {}", e.getClass().getSimpleName());
        }
    }
}
