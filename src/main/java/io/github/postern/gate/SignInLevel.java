package io.github.postern.gate;

import io.github.postern.config.Level;
import io.github.postern.login.AskedLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How strongly and lately a caller signed in, against what a rule asks for. */
final class SignInLevel {
    private SignInLevel() {}

    /** Whether the caller signed in as strongly and as lately as the level says. What is not known is not met. */
    static boolean meets(Caller caller, Level level, Instant now) {
        return hasClass(caller, level) && isYounger(caller, level, now);
    }

    /**
     * Whether signing in again would lead nowhere: the session comes of a sign-in at this very level, and it did not even meet
     * it when it began.
     */
    static boolean isInVain(Caller caller, Level level) {
        return caller.claim(AskedLevel.CLAIM).contains(level.query()) && !meets(caller, level, caller.since());
    }

    private static boolean hasClass(Caller caller, Level level) {
        return level.acr().isEmpty() || caller.claim(Level.ACR).stream().anyMatch(level.acr()::contains);
    }

    private static boolean isYounger(Caller caller, Level level, Instant now) {
        if (level.maxAge().isEmpty()) {
            return true;
        }
        Optional<Instant> signedIn =
                caller.claim(Level.AUTH_TIME).stream().findFirst().flatMap(SignInLevel::instant);
        return signedIn.isPresent()
                && Duration.between(signedIn.get(), now)
                                .compareTo(level.maxAge().get())
                        <= 0;
    }

    private static Optional<Instant> instant(String seconds) {
        return seconds.matches("\\d{1,11}")
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                : Optional.empty();
    }
}
