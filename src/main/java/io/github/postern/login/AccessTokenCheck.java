package io.github.postern.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks {@code validate-url} whether a renewed access token is still good. Only a clear no is a no. */
final class AccessTokenCheck {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokenCheck.class);
    private static final int GOOD = 200;
    private static final Set<Integer> REFUSALS = Set.of(401, 403);
    private final Optional<URI> address;
    private final ProviderHttp http;

    /** @param address empty where nobody is to be asked */
    AccessTokenCheck(Optional<URI> address, ProviderHttp http) {
        this.address = address;
        this.http = http;
    }

    /**
     * Passes unless the token is refused; an outage refuses nothing.
     *
     * @throws LoginFailed when it is
     */
    void require(@Nullable Object accessToken) {
        if (address.isEmpty() || accessToken == null) {
            return;
        }
        int status = status(address.get(), accessToken.toString());
        if (REFUSALS.contains(status)) {
            throw new LoginFailed(Reason.TOKEN_INVALID, "validate-url answered " + status + " to the access token");
        }
        if (status != GOOD) {
            LOG.warn("validate-url answered {}, which decides nothing: the session goes on.", status);
        }
    }

    /** 0 where there was no answer. */
    private int status(URI uri, String accessToken) {
        try {
            var question = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + accessToken)
                    .header("Accept", "application/json")
                    .build();
            return http.call(ProviderCalls.Endpoint.VALIDATION, question).statusCode();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("validate-url cannot be reached: {}", e.getClass().getSimpleName());
            return 0;
        }
    }
}
