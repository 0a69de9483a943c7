package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeRequest;
import io.github.postern.session.SharedSessions;
import io.github.postern.telemetry.AuthLog;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/** Renewals with a clock, a provider and a background of the test's own: nothing here takes time. */
final class TokenRefreshTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionTerms TERMS =
            new SessionTerms(Duration.ofHours(8), Duration.ofMinutes(5), false, false, false);

    private final Background background = new Background();
    private final Provider provider = new Provider();
    private final SharedSessions sessions = new SharedSessions();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final Turns turns =
            session -> taken.compareAndSet(false, true) ? Optional.of(() -> taken.set(false)) : Optional.empty();
    private Instant now = BEGIN;

    @Test
    void leavesYoungSessionsAlone() {
        var refresh = replica(provider, Turns.ALONE);
        var session = session("s");
        now = BEGIN.plus(Duration.ofMinutes(5));
        assertThat(refresh.current(inCookie(), session)).containsSame(session);
        assertThat(provider.calls).isEmpty();
    }

    @Test
    @DisplayName("FLT-19 an old cookie works until the browser has the new one, and costs one call")
    void remembersWhatCameOfIt() {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        for (int i = 0; i < 20; i++) {
            assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-1");
        }
        assertThat(provider.calls).containsExactly("refresh-0");
        pass(Duration.ofMinutes(6));
        assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-2");
    }

    @Test
    @DisplayName("FLT-04 OUT-31 a refused refresh token ends the session, and is not tried again")
    void refusalEnds() {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        provider.fails(Reason.CODE_REFUSED);
        for (int i = 0; i < 3; i++) {
            assertThat(refresh.current(inCookie(), session("s"))).isEmpty();
            pass(Duration.ofHours(1));
        }
        assertThat(provider.calls).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"CODE_REFUSED", "TOKEN_INVALID", "AUDIENCE", "EMAIL_UNVERIFIED"})
    void aBadAnswerEnds(Reason reason) {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        provider.fails(reason);
        assertThat(refresh.current(inCookie(), session("s"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {
                "PROVIDER_BROKEN",
                "PROVIDER_SLOW",
                "PROVIDER_ERROR",
                "NOT_READY",
                "CLIENT_REFUSED",
                "TOKEN_UNTIMELY",
                "KEYS_UNKNOWN",
                "KEYS_UNREACHABLE",
                "STORE_AWAY"
            })
    @DisplayName("FLT-02 an outage ends nobody's session, and is over when it is over")
    void outage(Reason reason) {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        provider.fails(reason);
        assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-0");
        provider.heals();
        pass(Duration.ofSeconds(2));
        assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-1");
    }

    @Test
    @DisplayName(
            "FLT-03 a provider that fails is asked once a second at most, then ever more seldom, up to once a minute")
    void backsOff() {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        provider.fails(Reason.PROVIDER_BROKEN);
        var begun = now;
        List<Long> tries = new ArrayList<>();
        while (Duration.between(begun, now).toSeconds() < 300) {
            int before = provider.calls.size();
            assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-0");
            if (provider.calls.size() > before) {
                tries.add(Duration.between(begun, now).toSeconds());
            }
            pass(Duration.ofMillis(250));
        }
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L);
    }

    @Test
    @DisplayName("FLT-27 Retry-After: 30 is honoured")
    void honoursRetryAfter() {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        provider.fails = Optional.of(LoginFailed.byOutage("429", Duration.ofSeconds(30)));
        refresh.current(inCookie(), session("s"));
        provider.heals();
        pass(Duration.ofSeconds(29));
        assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-0");
        pass(Duration.ofSeconds(2));
        assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-1");
    }

    @Test
    @DisplayName("FLT-21 a lost answer costs two calls and one sign-in")
    void lostAnswer() {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        provider.fails(Reason.PROVIDER_BROKEN);
        assertThat(refresh.current(inCookie(), session("s"))).isPresent();
        provider.fails(Reason.CODE_REFUSED);
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(2));
            assertThat(refresh.current(inCookie(), session("s"))).isEmpty();
        }
        assertThat(provider.calls).hasSize(2);
    }

    @Test
    @DisplayName("FLT-28 a provider that hangs is asked by one session at a time, and the others do not queue up")
    void hangs() {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        provider.fails(Reason.PROVIDER_SLOW);
        for (int i = 0; i < 200; i++) {
            assertThat(refresh.current(inCookie(), session("s" + i))).isPresent();
        }
        assertThat(provider.calls).hasSize(1);
        pass(Duration.ofMillis(1100));
        for (int i = 0; i < 200; i++) {
            assertThat(refresh.current(inCookie(), session("s" + i))).isPresent();
        }
        assertThat(provider.calls).hasSize(2);
        provider.heals();
        pass(Duration.ofSeconds(3));
        for (int i = 0; i < 200; i++) {
            assertThat(token(refresh.current(inCookie(), session("s" + i)))).isEqualTo("refresh-1");
        }
    }

    @Test
    void nobodyWaitsForARenewalThatTakesLonger() {
        var refresh = replica(provider, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        background.paused = true;
        var begun = System.nanoTime();
        assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-0");
        var waited = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(waited).isBetween(Duration.ofMillis(900), Duration.ofMillis(1900));
        begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(refresh.current(inCookie(), session("s" + i % 2))).isPresent();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(300));
        background.runAll();
        assertThat(token(refresh.current(inCookie(), session("s")))).isEqualTo("refresh-1");
    }

    @Test
    void asksTheRequestForNothingInTheBackground() {
        sessions.put(session("s"));
        var refresh = replica(provider, turns);
        pass(Duration.ofMinutes(6));
        background.paused = true;
        var over = new AtomicBoolean();
        refresh.current(onServer("s", over), session("s"));
        over.set(true);
        background.runAll();
        assertThat(token(sessions.find("s"))).isEqualTo("refresh-1");
    }

    @Test
    @DisplayName("FLT-19 replicas that share their sessions renew once")
    void replicasRenewOnce() {
        sessions.put(session("s"));
        var one = replica(provider, turns);
        var two = replica(provider, turns);
        pass(Duration.ofMinutes(6));
        assertThat(token(one.current(onServer("s"), session("s")))).isEqualTo("refresh-1");
        // the other still has the old session in mind
        assertThat(token(two.current(onServer("s"), session("s")))).isEqualTo("refresh-1");
        assertThat(provider.calls).hasSize(1);
        assertThat(token(sessions.find("s"))).isEqualTo("refresh-1");
    }

    @Test
    void waitsForTheReplicaWhoseTurnItIs() {
        sessions.put(session("s"));
        var refresh = replica(provider, turns);
        pass(Duration.ofMinutes(6));
        taken.set(true);
        background.whileAsleep = () -> {
            if (Duration.between(BEGIN, now).toMillis() > 360_250) {
                sessions.put(renewed(session("s")));
            }
        };
        assertThat(token(refresh.current(onServer("s"), session("s")))).isEqualTo("refresh-1");
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void goesOnAsItWasWhereTheOtherReplicaTakesLong() {
        sessions.put(session("s"));
        var refresh = replica(provider, turns);
        pass(Duration.ofMinutes(6));
        taken.set(true);
        assertThat(token(refresh.current(onServer("s"), session("s")))).isEqualTo("refresh-0");
        assertThat(Duration.between(BEGIN.plus(Duration.ofMinutes(6)), now)).isEqualTo(Duration.ofSeconds(1));
        assertThat(provider.calls).isEmpty();
        taken.set(false);
        pass(Duration.ofSeconds(1));
        assertThat(token(refresh.current(onServer("s"), session("s")))).isEqualTo("refresh-1");
    }

    @Test
    void aRefusedTokenDoesNotCountWhereAnotherReplicaHasTheNextOne() {
        sessions.put(session("s"));
        UnaryOperator<OidcProfile> late = old -> {
            sessions.put(renewed(old));
            throw new LoginFailed(Reason.CODE_REFUSED, "used");
        };
        var refresh = replica(late, Turns.ALONE);
        pass(Duration.ofMinutes(6));
        assertThat(token(refresh.current(onServer("s"), session("s")))).isEqualTo("refresh-1");
    }

    @Test
    void aSessionThatWasEndedMeanwhileIsNotBroughtBack() {
        sessions.put(session("s"));
        UnaryOperator<OidcProfile> meanwhile = old -> {
            sessions.end("s");
            return renewed(old);
        };
        replica(meanwhile, turns).current(onServer("s"), sessions.find("s").orElseThrow());
        pass(Duration.ofMinutes(6));
        replica(meanwhile, turns).current(onServer("s"), session("s"));
        assertThat(sessions.find("s")).isEmpty();
    }

    @Test
    void whatCouldNotBeSavedIsSavedLater() {
        sessions.put(session("s"));
        var refresh = replica(provider, turns);
        pass(Duration.ofMinutes(6));
        sessions.readOnly(true);
        assertThat(token(refresh.current(onServer("s"), session("s")))).isEqualTo("refresh-1");
        assertThat(token(sessions.find("s"))).isEqualTo("refresh-0");
        sessions.readOnly(false);
        pass(Duration.ofSeconds(2));
        assertThat(token(refresh.current(onServer("s"), session("s")))).isEqualTo("refresh-1");
        assertThat(token(sessions.find("s"))).isEqualTo("refresh-1");
        assertThat(provider.calls).hasSize(1);
    }

    @Test
    @DisplayName(
            "RUN-09 a clock that jumps an hour ahead, back, and an hour behind costs one call and nobody's session")
    void clockJumps() {
        var refresh = replica(provider, Turns.ALONE);
        for (var jump : List.of(60, 0, -60, 0, 6, 30)) {
            now = BEGIN.plus(Duration.ofMinutes(jump));
            for (int i = 0; i < 3; i++) {
                assertThat(refresh.current(inCookie(), session("s"))).isPresent();
            }
        }
        assertThat(provider.calls).containsExactly("refresh-0");
    }

    @Test
    void aStoreThatIsAwayEndsNothing() {
        sessions.put(session("s"));
        var refresh = replica(provider, turns);
        pass(Duration.ofMinutes(6));
        var ctx = onServer("s");
        sessions.away(true);
        assertThat(token(refresh.current(ctx, session("s")))).isEqualTo("refresh-0");
        assertThat(taken).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "300, 269, false",
        "300, 270, true",
        "20,  9,   false",
        "20,  10,  true",
    })
    void tokensThatAppsAreHandedAreRenewedBeforeTheyExpire(long lifetime, long age, boolean due) {
        var session = session("s");
        session.addAttribute(TokenFacts.TOKENS_END, BEGIN.plusSeconds(lifetime).getEpochSecond());
        assertThat(TERMS.due(session, BEGIN.plusSeconds(age))).isEqualTo(due);
    }

    private TokenRefresh replica(UnaryOperator<OidcProfile> tokens, Turns ofReplicas) {
        var pace = new TokenRefresh.Pace(() -> now, () -> 0, background, time -> {
            now = now.plus(time);
            background.whileAsleep.run();
        });
        return new TokenRefresh(tokens, TERMS, ofReplicas, pace, new AuthLog(new SecureRandom()));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private OidcProfile session(String id) {
        var profile = new OidcProfile();
        profile.setId("alice");
        profile.addAttribute(OidcProfileDefinition.REFRESH_TOKEN, "refresh-0");
        profile.addAttribute(JwtClaims.JWT_ID, id);
        profile.addAttribute(JwtClaims.ISSUED_AT, BEGIN.getEpochSecond());
        profile.addAttribute(
                JwtClaims.EXPIRATION_TIME, BEGIN.plus(Duration.ofHours(8)).getEpochSecond());
        profile.addAttribute(OidcProfileDefinition.UPDATED_AT, BEGIN.getEpochSecond());
        return profile;
    }

    private OidcProfile renewed(OidcProfile old) {
        var fresh = session(SessionTerms.sessionId(old));
        int number = Integer.parseInt(token(Optional.of(old)).substring("refresh-".length()));
        fresh.addAttribute(OidcProfileDefinition.REFRESH_TOKEN, "refresh-" + (number + 1));
        fresh.addAttribute(OidcProfileDefinition.UPDATED_AT, now.getEpochSecond());
        return fresh;
    }

    private static String token(Optional<OidcProfile> session) {
        return String.valueOf(session.orElseThrow().getAttribute(OidcProfileDefinition.REFRESH_TOKEN));
    }

    /** A request whose session is in a cookie. */
    private static CallContext inCookie() {
        SessionStore store = (SessionStore) Proxy.newProxyInstance(
                TokenRefreshTest.class.getClassLoader(),
                new Class<?>[] {SessionStore.class},
                (proxy, method, arguments) -> Optional.empty());
        return new CallContext(new JEEContext(FakeRequest.get("/").toRequest(), response()), store);
    }

    private CallContext onServer(String session) {
        return onServer(session, new AtomicBoolean());
    }

    /** @param over from when on the request is over, and must not be asked anything */
    private CallContext onServer(String session, AtomicBoolean over) {
        var request = FakeRequest.get("/").cookie("session", session).toRequest();
        var guarded = (jakarta.servlet.http.HttpServletRequest) Proxy.newProxyInstance(
                TokenRefreshTest.class.getClassLoader(),
                new Class<?>[] {jakarta.servlet.http.HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    assertThat(over).as(method.getName()).isFalse();
                    return method.invoke(request, arguments);
                });
        return new CallContext(new JEEContext(guarded, response()), sessions.store());
    }

    private static HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                TokenRefreshTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Gives the next token for each, until it fails. */
    private final class Provider implements UnaryOperator<OidcProfile> {
        private final List<String> calls = new ArrayList<>();
        private Optional<LoginFailed> fails = Optional.empty();

        void fails(Reason reason) {
            fails = Optional.of(new LoginFailed(reason, "as the test wants it"));
        }

        void heals() {
            fails = Optional.empty();
        }

        @Override
        public OidcProfile apply(OidcProfile old) {
            calls.add(token(Optional.of(old)));
            if (fails.isPresent()) {
                throw fails.get();
            }
            return renewed(old);
        }
    }

    /** Runs everything at once, or when it is told to. */
    private static final class Background extends AbstractExecutorService {
        private final Deque<Runnable> queue = new ArrayDeque<>();
        private boolean paused;
        private Runnable whileAsleep = () -> {};

        @Override
        public void execute(Runnable task) {
            queue.add(task);
            if (!paused) {
                runAll();
            }
        }

        void runAll() {
            while (!queue.isEmpty()) {
                queue.remove().run();
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
