package io.github.postern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.postern.config.RedisSettings;
import io.github.postern.config.RedisSettings.Login;
import io.github.postern.config.RedisSettings.Node;
import io.github.postern.config.RedisSettings.Standalone;
import io.github.postern.fakes.FakeRequest;
import io.github.postern.redis.Redis;
import io.github.postern.testbed.RedisServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.profile.OidcProfile;

/** What holds for every store, whatever keeps the sessions. */
final class SessionStoresIT {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String COOKIE = "_akko_oauth2";
    private static RedisServer server;
    private static Redis redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        redis = new Redis(new RedisSettings(
                new Standalone(new Node("127.0.0.1", server.port())),
                new Login(Optional.empty(), Optional.empty()),
                0,
                Optional.empty(),
                Duration.ofSeconds(2)));
        for (int tries = 0; tries < 300 && !answers(); tries++) {
            pause();
        }
    }

    private static boolean answers() {
        try {
            return redis.get("none").isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsASession(StoreKind kind) {
        var browser = open(kind).browser();
        signIn(browser, profile("alice", "j1", List.of("/data")));
        assertThat(browser.profile()).hasValueSatisfying(profile -> {
            assertThat(profile.getId()).isEqualTo("alice");
            assertThat(profile.getAttribute("groups")).isEqualTo(List.of("/data"));
            assertThat(profile.getAttribute(JwtClaims.JWT_ID)).isEqualTo("j1");
        });
    }

    @ParameterizedTest
    @EnumSource
    void keepsTwoHundredGroupsAndTellsWhatIsTooLarge(StoreKind kind) {
        var browser = open(kind).browser();
        List<String> groups = IntStream.range(0, 200)
                .mapToObj(i -> "/department-" + i + "/team")
                .toList();
        signIn(browser, profile("alice", "j1", groups));
        assertThat(browser.profile().orElseThrow().getAttribute("groups")).isEqualTo(groups);
        browser.cookies().clear();
        var large = profile("alice", "j2", noise(2000));
        if (kind.isOnServer()) {
            assertThatCode(() -> signIn(browser, large)).doesNotThrowAnyException();
            assertThat(browser.cookies().get(COOKIE).length() + COOKIE.length()).isLessThan(250);
            assertThat(browser.profile()).isPresent();
        } else {
            assertThatThrownBy(() -> signIn(browser, large)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenItsTimeIsUp(StoreKind kind) {
        var browser = open(kind).browser();
        signIn(browser, profile("alice", "j1", List.of()));
        browser.at(NOW.plus(HOUR).minusSeconds(1));
        assertThat(browser.profile()).isPresent();
        browser.at(NOW.plus(HOUR));
        assertThat(browser.profile()).isEmpty();
        assertThat(browser.cookies()).doesNotContainKey(COOKIE);
    }

    @ParameterizedTest
    @EnumSource
    void takesAwayWhatOpensNothing(StoreKind kind) {
        var browser = open(kind).browser();
        browser.cookies().put(COOKIE, "garbage");
        browser.cookies().put(COOKIE + "_1", "stale");
        assertThat(browser.profile()).isEmpty();
        assertThat(browser.cookies()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void findsItsOwnAmongWhatOthersPlanted(StoreKind kind) {
        var browser = open(kind).browser();
        signIn(browser, profile("alice", "j1", List.of()));
        IntStream.range(0, 20).forEach(number -> browser.plant("garbage" + number));
        assertThat(browser.profile()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheIdToken(StoreKind kind) {
        var browser = open(kind).browser();
        var profile = profile("alice", "j1", List.of());
        profile.setIdTokenString("ey.ey.sig");
        signIn(browser, profile);
        assertThat(browser.<Object>ask(context -> browser.store().get(context, "id_token")))
                .isEqualTo(Optional.of("ey.ey.sig"));
        // a renewal brings none
        signIn(browser, profile("alice", "j1", List.of("/new")));
        assertThat(browser.profile().orElseThrow().getAttribute("groups")).isEqualTo(List.of("/new"));
        assertThat(browser.<Object>ask(context -> browser.store().get(context, "id_token")))
                .isEqualTo(Optional.of("ey.ey.sig"));
    }

    @ParameterizedTest
    @EnumSource
    void OUT_02_aCopyOfTheCookieIsOfNoUseAfterASignOut(StoreKind kind) {
        var browser = open(kind).browser();
        signIn(browser, profile("alice", "j1", List.of()));
        var copy = Map.copyOf(browser.cookies());
        browser.send(context -> browser.store().destroySession(context));
        assertThat(browser.cookies()).isEmpty();
        browser.cookies().putAll(copy);
        assertThat(browser.profile()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void FIX_01_aSignInMakesAnotherCookieWhateverWasThere(StoreKind kind) {
        var browser = open(kind).browser();
        signIn(browser, profile("mallory", "j0", List.of()));
        var planted = Map.copyOf(browser.cookies());
        signIn(browser, profile("alice", "j1", List.of()));
        assertThat(browser.cookies().get(COOKIE)).isNotEqualTo(planted.get(COOKIE));
        assertThat(browser.profile().orElseThrow().getId()).isEqualTo("alice");
        browser.cookies().putAll(planted);
        assertThat(browser.profile().map(OidcProfile::getId)).isNotEqualTo(Optional.of("alice"));
        assertThat(browser.profile().isPresent()).isEqualTo(!kind.isOnServer());
    }

    @ParameterizedTest
    @EnumSource
    void FIX_06_aRenewedSessionKeepsItsIdentity(StoreKind kind) {
        var opened = open(kind);
        var browser = opened.browser();
        signIn(browser, profile("alice", "j1", List.of("old")));
        for (int time = 1; time <= 10; time++) {
            signIn(browser, profile("alice", "j1", List.of("new" + time)));
        }
        assertThat(browser.profile()).hasValueSatisfying(profile -> {
            assertThat(profile.getAttribute("groups")).isEqualTo(List.of("new10"));
            assertThat(profile.getAttribute(JwtClaims.JWT_ID)).isEqualTo("j1");
        });
        opened.directory()
                .ifPresent(directory -> assertThat(directory.of("alice")).hasSize(1));
    }

    @ParameterizedTest
    @EnumSource
    void endsOneSessionOfTheProvider(StoreKind kind) {
        var opened = open(kind);
        var browser = opened.browser();
        var one = signedIn(browser, with(profile("alice", "j1", List.of()), "sid", "s1"));
        var two = signedIn(browser, with(profile("alice", "j2", List.of()), "sid", "s2"));
        opened.endings().destroySession(call(), "sid:s1");
        assertThat(profileOf(browser, one)).isEmpty();
        assertThat(profileOf(browser, two)).isPresent();
        assertThatCode(() -> opened.endings().destroySession(call(), "sid:unknown"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void OUT_19_endsAllSessionsOfAUser(StoreKind kind) {
        var opened = open(kind);
        var browser = opened.browser();
        var one = signedIn(browser, profile("alice", "j1", List.of()));
        var two = signedIn(browser, profile("alice", "j2", List.of()));
        var other = signedIn(browser, profile("bob", "j3", List.of()));
        opened.endings().destroySession(call(), "sub:alice");
        assertThat(profileOf(browser, one)).isEmpty();
        assertThat(profileOf(browser, two)).isEmpty();
        assertThat(profileOf(browser, other)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void findsSessionsWithoutTheirCookies(StoreKind kind) {
        var opened = open(kind);
        assertThat(opened.directory().isPresent()).isEqualTo(kind.isOnServer());
        opened.directory().ifPresent(directory -> findsAndEnds(opened.browser(), directory));
    }

    private static void findsAndEnds(StoreBrowser browser, SessionDirectory directory) {
        var one = signedIn(browser, named(profile("alice", "j1", List.of())));
        browser.at(NOW.plusSeconds(120));
        var two = signedIn(browser, named(profile("alice", "j2", List.of())));
        assertThat(directory.of("alice"))
                .extracting(KeptSession::handle)
                .containsExactly(directory.handleOf("j2"), directory.handleOf("j1"));
        for (String who : List.of("alice", "Alice@AKKO.local", "al")) {
            assertThat(directory.find(who)).as(who).hasSize(2).allSatisfy(kept -> {
                assertThat(kept.subject()).isEqualTo("alice");
                assertThat(kept.email()).isEqualTo("alice@akko.local");
                assertThat(kept.address()).isEqualTo("203.0.113.7");
                assertThat(kept.since()).isEqualTo(NOW);
                assertThat(kept.ends()).isEqualTo(NOW.plus(HOUR));
            });
        }
        assertThat(directory.find("nobody")).isEmpty();
        assertThat(directory.end("bob", directory.handleOf("j1")))
                .as("another's")
                .isFalse();
        assertThat(directory.end("alice", directory.handleOf("j1"))).isTrue();
        assertThat(directory.end("alice", directory.handleOf("j1"))).isFalse();
        assertThat(profileOf(browser, one)).isEmpty();
        assertThat(profileOf(browser, two)).isPresent();
        assertThat(directory.endAll("alice", directory.handleOf("j2"))).isZero();
        assertThat(directory.endAll("alice", "")).isEqualTo(1);
        assertThat(profileOf(browser, two)).isEmpty();
        assertThat(directory.of("alice")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatEndedIsNeverBroughtBack(StoreKind kind) {
        var opened = open(kind);
        var browser = opened.browser();
        signIn(browser, with(profile("alice", "j1", List.of("old")), "sid", "s1"));
        Optional<SessionStore> detached = browser.ask(context -> browser.store()
                .getTrackableSession(context)
                .flatMap(session -> browser.store().buildFromTrackableSession(context, session)));
        assertThat(detached.isPresent()).isEqualTo(kind.isOnServer());
        detached.ifPresent(session -> {
            session.set(web(), Pac4jConstants.USER_PROFILES, session(profile("alice", "j1", List.of("new"))));
            assertThat(browser.profile().orElseThrow().getAttribute("groups")).isEqualTo(List.of("new"));
            opened.endings().destroySession(call(), "sub:alice");
            assertThat(session.get(web(), Pac4jConstants.USER_PROFILES)).isEmpty();
            assertThatThrownBy(() -> session.set(
                            web(), Pac4jConstants.USER_PROFILES, session(profile("alice", "j1", List.of("late")))))
                    .hasMessageContaining("ended");
            assertThat(browser.profile()).isEmpty();
        });
    }

    @Test
    void everyKeyInRedisEnds() {
        signIn(open(StoreKind.REDIS).browser(), with(named(profile("alice", "j1", List.of())), "sid", "s1"));
        assertThat(server.ask("KEYS", "*").lines())
                .hasSize(5)
                .allSatisfy(key ->
                        assertThat(Long.parseLong(server.ask("PTTL", key))).isBetween(1L, HOUR.toMillis()));
    }

    @Test
    void redisLetsGoOfASessionThatNobodyUses() {
        server.ask("FLUSHALL");
        var idle = Duration.ofMinutes(8);
        var browser = new StoreBrowser(NOW, idle, (settings, seal, uses, clock) -> {
            var means = new RedisSessionStore.Means(redis, settings::secrets, "test", new SecureRandom(), clock);
            return RedisSessionStore.of(settings, uses, request -> Optional.empty(), means);
        });
        signIn(browser, profile("alice", "j1", List.of()));
        var key = server.ask("KEYS", COOKIE + ":session:*");
        assertThat(Long.parseLong(server.ask("TTL", key))).isBetween(480L, 540L);
        assertThat(browser.profile()).isPresent();
    }

    private static StoreKind.Opened open(StoreKind kind) {
        server.ask("FLUSHALL");
        return kind.open(NOW, redis);
    }

    private static void signIn(StoreBrowser browser, OidcProfile profile) {
        browser.send(context -> browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile)));
    }

    /** The cookies of a new browser after this sign-in. */
    private static Map<String, String> signedIn(StoreBrowser browser, OidcProfile profile) {
        browser.cookies().clear();
        signIn(browser, profile);
        return new LinkedHashMap<>(browser.cookies());
    }

    private static Optional<OidcProfile> profileOf(StoreBrowser browser, Map<String, String> cookies) {
        browser.cookies().clear();
        browser.cookies().putAll(cookies);
        return browser.profile();
    }

    private static CallContext call() {
        return new CallContext(web(), null);
    }

    private static JEEContext web() {
        return new JEEContext(FakeRequest.get("/").toRequest(), StoreBrowser.response(new ArrayList<>()));
    }

    private static Map<String, OidcProfile> session(OidcProfile profile) {
        return Map.of("oidc", profile);
    }

    private static OidcProfile with(OidcProfile profile, String name, String value) {
        profile.addAttribute(name, value);
        return profile;
    }

    private static OidcProfile named(OidcProfile profile) {
        return with(with(profile, "email", "alice@akko.local"), "preferred_username", "Al");
    }

    private static List<String> noise(int groups) {
        var random = new Random(7);
        return IntStream.range(0, groups)
                .mapToObj(i -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()))
                .toList();
    }

    private static OidcProfile profile(String subject, String session, List<String> groups) {
        var profile = new OidcProfile();
        profile.setId(subject);
        profile.addAttribute("groups", groups);
        profile.addAttribute(JwtClaims.ISSUED_AT, NOW.getEpochSecond());
        profile.addAttribute(JwtClaims.EXPIRATION_TIME, NOW.plus(HOUR).getEpochSecond());
        profile.addAttribute(JwtClaims.JWT_ID, session);
        return profile;
    }
}
