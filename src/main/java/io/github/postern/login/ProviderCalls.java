package io.github.postern.login;

import java.util.Locale;

/** Hears of each call to the identity provider, on the thread that made it. */
@FunctionalInterface
public interface ProviderCalls {
    /** Hears nothing. */
    ProviderCalls NONE = (endpoint, result, nanos) -> {};

    /**
     * A call ended.
     *
     * @param endpoint an {@link Endpoint}'s word
     * @param result {@code ok}; {@code refused}, which is a 4xx; or {@code failed}: any other answer, or none in time
     */
    void called(String endpoint, String result, long nanos);

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
