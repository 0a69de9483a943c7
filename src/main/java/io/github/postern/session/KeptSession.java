package io.github.postern.session;

import java.time.Instant;

/**
 * What is known of a session on the server without its cookie.
 *
 * @param handle names it among its user's sessions; no use as a cookie
 * @param subject whose it is ({@code sub})
 * @param email the user's address; empty when unknown
 * @param userName the user's name at the provider; empty when unknown
 * @param device the {@code User-Agent} of the browser that signed in, cut to a bounded length
 * @param address the client's address at sign-in; empty when unknown
 * @param since when it began
 * @param seen when it was used last, to the minute
 * @param ends when it ends if it is not used any more
 */
public record KeptSession(
        String handle,
        String subject,
        String email,
        String userName,
        String device,
        String address,
        Instant since,
        Instant seen,
        Instant ends) {}
