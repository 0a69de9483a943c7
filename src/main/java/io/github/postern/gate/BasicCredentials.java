package io.github.postern.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.postern.telemetry.AuthLog;
import io.github.postern.users.Answer;
import io.github.postern.users.Attempt;
import io.github.postern.users.Passwords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * {@code Authorization: Basic} with name and password of a local user (RFC 7617). An app may use the header for passwords of its
 * own, so one that is refused never outweighs a session.
 */
public final class BasicCredentials implements Credentials {
    private static final String SCHEME = "Basic ";
    private static final String CHALLENGE = "Basic realm=\"Postern\", charset=\"UTF-8\"";

    private final Passwords passwords;
    private final LocalUsers users;
    private final Predicate<HttpServletRequest> counts;
    private final Function<HttpServletRequest, Optional<String>> client;
    private final AuthLog log;

    /**
     * @param passwords what knows whether they are right
     * @param users who they stand for
     * @param counts on which requests they are looked at
     * @param client the user's address, if it is known
     * @param log where refusals are told
     */
    public BasicCredentials(
            Passwords passwords,
            LocalUsers users,
            Predicate<HttpServletRequest> counts,
            Function<HttpServletRequest, Optional<String>> client,
            AuthLog log) {
        this.passwords = passwords;
        this.users = users;
        this.counts = counts;
        this.client = client;
        this.log = log;
    }

    @Override
    public Optional<Proof> read(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith(SCHEME) || !counts.test(request)) {
            return Optional.empty();
        }
        // of two headers, an app might believe the other one
        Optional<Attempt> attempt =
                Collections.list(request.getHeaders("Authorization")).size() == 1
                        ? attempt(header.substring(SCHEME.length()))
                        : Optional.empty();
        return Optional.of(attempt.isEmpty() ? refused(request, "malformed") : proof(request, attempt.get()));
    }

    private Proof proof(HttpServletRequest request, Attempt attempt) {
        Optional<String> address = client.apply(request);
        Answer answer = passwords.check(attempt, address);
        if (answer.isRight()) {
            return new Proof.Valid(users.caller(attempt.name()));
        }
        log.passwordRefused(
                passwords.nameForLog(attempt.name()),
                address.orElse(""),
                answer.kind().name());
        return switch (answer.kind()) {
            // 401, because nginx makes an error page of its own of a 429
            case TOO_OFTEN -> new Proof.Undecided(HttpServletResponse.SC_UNAUTHORIZED, answer.retryAfter());
            case BUSY -> new Proof.Undecided(HttpServletResponse.SC_SERVICE_UNAVAILABLE, answer.retryAfter());
            default -> refused(request, "wrong");
        };
    }

    /** A browser would ask for a password of ours by a window of its own, where a page of an app sent one of the app's. */
    private static Proof refused(HttpServletRequest request, String detail) {
        boolean browser = request.getHeader("Sec-Fetch-Mode") != null;
        return new Proof.Invalid(browser ? "" : CHALLENGE, "the name and password are " + detail, false);
    }

    /** What stands before and behind the first colon; a password may hold more of them. */
    private static Optional<Attempt> attempt(String base64) {
        try {
            byte[] pair = Base64.getDecoder().decode(base64.getBytes(ISO_8859_1));
            int colon = 0;
            while (colon < pair.length && pair[colon] != ':') {
                colon++;
            }
            if (colon == pair.length) {
                return Optional.empty();
            }
            String name =
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(pair, 0, colon)).toString();
            return Optional.of(new Attempt(name, Arrays.copyOfRange(pair, colon + 1, pair.length)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
