package io.github.postern.login;

import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Map;

/** Hears of each call to the identity provider, on the thread that makes it. */
@FunctionalInterface
public interface ProviderCalls {
    /** Hears nothing. */
    ProviderCalls NONE = (endpoint, request) -> (result, status, nanos) -> {};

    /**
     * A call begins.
     *
     * @param endpoint an {@link Endpoint}'s word
     * @param request what will be sent
     * @return what hears of its end
     */
    Call begin(String endpoint, HttpRequest request);

    /** Work that a request of this thread asks for, as it is to be done on another thread. */
    default Runnable carried(Runnable work) {
        return work;
    }

    /** A call under way. */
    @FunctionalInterface
    interface Call {
        /** What the request must carry besides. */
        default Map<String, String> headers() {
            return Map.of();
        }

        /**
         * It ended.
         *
         * @param result {@code ok}; {@code refused}, which is a 4xx; or {@code failed}: any other answer, or none in time
         * @param status of the answer; 0 where none came
         */
        void ended(String result, int status, long nanos);
    }

    /** What is asked at the provider. */
    enum Endpoint {
        DISCOVERY,
        JWKS,
        TOKEN,
        USERINFO,
        /** {@code validate-url}. */
        VALIDATION,
        /** {@code backend-logout-url}. */
        LOGOUT,
        /** Whether {@code redirect-url} is listed. */
        AUTHORIZATION;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
