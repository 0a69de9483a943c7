package io.github.postern.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.postern.config.AppHeaders;
import io.github.postern.config.HeaderSettings.SignedIdentity;
import io.github.postern.gate.Caller;
import io.github.postern.signing.SigningKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The signed identity: a JWT for one app that says who is asking. A signature costs far more than the rest of a check, so a token
 * is used again for the first half of its life, for the same identity at the same app.
 */
public final class IdentityTokens {
    /** Of all kept tokens together with what they are kept under. */
    static final long MOST_KEPT_CHARACTERS = 32_000_000;

    private final SigningKeys keys;
    private final SignedIdentity settings;
    private final IdentityClaims claims;
    private final Function<HttpServletRequest, Optional<String>> appHost;
    private final InstantSource clock;
    private final Cache<Question, Token> kept;

    /**
     * @param keys what signs
     * @param settings name, lifetime and issuer
     * @param usual the headers that every app gets, whose claims are in the token too
     * @param appHost the app a request is for; empty when that is not certain
     * @param clock now
     */
    public IdentityTokens(
            SigningKeys keys,
            SignedIdentity settings,
            AppHeaders usual,
            Function<HttpServletRequest, Optional<String>> appHost,
            InstantSource clock) {
        this.keys = keys;
        this.settings = settings;
        this.claims = new IdentityClaims(settings.issuer(), usual.furtherClaims());
        this.appHost = appHost;
        this.clock = clock;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(MOST_KEPT_CHARACTERS)
                .weigher((Question question, Token token) ->
                        Weight.of(question) + token.text().length())
                .expireAfterWrite(settings.lifetime().dividedBy(2))
                .executor(Runnable::run)
                .build();
    }

    /**
     * What a token depends on. Groups and claims are compared but not hashed: one user at one app has few different ones.
     */
    private record Question(
            String host,
            String subject,
            String email,
            String preferredUsername,
            List<String> groups,
            Map<String, List<String>> claims,
            Instant until,
            AppHeaders app) {
        static Question of(Caller caller, AppHeaders app, String host) {
            return new Question(
                    host,
                    caller.subject(),
                    caller.email(),
                    caller.preferredUsername(),
                    caller.groups(),
                    caller.claims(),
                    caller.until(),
                    app);
        }

        @Override
        public int hashCode() {
            return 31 * subject.hashCode() + host.hashCode();
        }
    }

    /** What a kept token takes beside its text, in characters: groups can be many times as long as the token. */
    private static final class Weight {
        private static final int ENTRY = 256;
        private static final int TEXT = 48;

        static int of(Question question) {
            int weight = ENTRY + of(List.of(question.host(), question.subject(), question.email()));
            weight += TEXT + question.preferredUsername().length() + of(question.groups());
            for (Map.Entry<String, List<String>> claim : question.claims().entrySet()) {
                weight += 2 * TEXT + claim.getKey().length() + of(claim.getValue());
            }
            return weight;
        }

        private static int of(List<String> texts) {
            int weight = 0;
            for (String text : texts) {
                weight += TEXT + text.length();
            }
            return weight;
        }
    }

    /**
     * A signed token. Does not print.
     *
     * @param text the JWT
     * @param freshUntil how long it is given out
     * @param key what it was signed with; another one's may not be published any more
     */
    private record Token(String text, Instant freshUntil, Object key) {
        boolean isFresh(Instant now, Object keyNow) {
            return now.isBefore(freshUntil) && key.equals(keyNow);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** The header's name. */
    String header() {
        return settings.header();
    }

    /** What is kept at the moment, in characters. */
    long weight() {
        return kept.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    /** The header's value: a JWT, or empty when the app's host is not certain. */
    String of(Caller caller, AppHeaders app, HttpServletRequest request) {
        Optional<String> host = appHost.apply(request);
        if (host.isEmpty()) {
            return "";
        }
        var question = Question.of(caller, app, host.get());
        Instant now = clock.instant();
        Token token = kept.getIfPresent(question);
        if (token == null || !token.isFresh(now, keys.now())) {
            token = sign(caller, app, host.get(), now);
            kept.put(question, token);
        }
        return token.text();
    }

    private Token sign(Caller caller, AppHeaders app, String host, Instant now) {
        Object key = keys.now();
        Instant full = now.plus(settings.lifetime());
        Instant ends = caller.until().isBefore(full) ? caller.until() : full;
        Instant halfway = now.plus(Duration.between(now, ends).dividedBy(2));
        var times = new IdentityClaims.Times(now, ends);
        for (IdentityClaims.Detail detail : IdentityClaims.Detail.values()) {
            JWTClaimsSet told = claims.of(caller, app, host, times, detail);
            if (told.toString().getBytes(StandardCharsets.UTF_8).length <= IdentityClaims.MOST_BYTES) {
                return new Token(keys.sign(told), halfway, key);
            }
        }
        return new Token("", halfway, key);
    }
}
