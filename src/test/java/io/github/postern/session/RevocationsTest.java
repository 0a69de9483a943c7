package io.github.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;

/** Which sessions have ended, as the cookie store asks. */
final class RevocationsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private final List<String> told = new ArrayList<>();
    private final Revocations revocations = new Revocations(Duration.ofHours(1), (key, at) -> told.add(key), () -> NOW);

    @ParameterizedTest(name = "{0} ends the session: {1}")
    @CsvSource({
        "sid:s1, true",
        "sub:alice, true",
        "sid:s2, false",
        "sub:bob, false",
        "sid:alice, false",
        "sub:s1, false",
        "s1, false",
        "SID:s1, false",
        "'', false"
    })
    void endsWhatTheKeyNames(String key, boolean ended) {
        revocations.destroySession(null, key);
        assertThat(revocations.ended(session("id1", -60))).isEqualTo(ended);
    }

    @ParameterizedTest(name = "a session that began {0} s after the end has ended: {1}")
    @CsvSource({"-3600, true", "-1, true", "0, true", "1, false", "60, false"})
    void sparesWhoSignedInAfterwards(long after, boolean ended) {
        revocations.end(Revocations.Kind.SUB, "alice");
        assertThat(revocations.ended(session("id1", after))).isEqualTo(ended);
    }

    @Test
    void whoSignsInAgainAtOnceIsIn() {
        revocations.end(Revocations.Kind.SUB, "alice");
        var again = session("id2", 0);
        revocations.begin(again);
        assertThat(revocations.ended(again)).isFalse();
        assertThat(revocations.ended(session("id1", 0))).isTrue();
    }

    @ParameterizedTest(name = "a session that began {0} s after its provider''s ended has ended: {1}")
    @CsvSource({"-60, true", "1, true", "10, true", "11, false"})
    void aSignOutMayOvertakeTheSignIn(long after, boolean ended) {
        revocations.end(Revocations.Kind.SID, "s1");
        assertThat(revocations.ended(session("id1", after))).isEqualTo(ended);
    }

    @Test
    void endsOneSessionByItsId() {
        revocations.end(Revocations.Kind.SESSION, "id1");
        assertThat(revocations.ended(session("id1", -60))).isTrue();
        assertThat(revocations.ended(session("id2", -60))).isFalse();
    }

    @Test
    void tellsOthersAndLearnsFromThem() {
        revocations.end(Revocations.Kind.SID, "s2");
        assertThat(told).containsExactly("sid:s2");
        revocations.learn("session:id1", NOW);
        assertThat(told).hasSize(1);
        assertThat(revocations.ended(session("id1", -60))).isTrue();
    }

    @Test
    void theLaterOfTwoEndsCounts() {
        revocations.learn("sub:alice", NOW);
        revocations.learn("sub:alice", NOW.minusSeconds(100));
        assertThat(revocations.ended(session("id1", -60))).isTrue();
    }

    @Test
    void remembersABoundedNumber() {
        for (int i = 0; i < 210_000; i++) {
            revocations.learn("sid:x" + i, NOW.plusMillis(i));
        }
        revocations.learn("sid:s1", NOW.plusSeconds(3600));
        assertThat(revocations.ended(session("id1", -60))).isTrue();
        var forgotten = session("id1", -60);
        forgotten.addAttribute(ProfileCodec.SID, "x0");
        assertThat(revocations.ended(forgotten)).isFalse();
    }

    private static OidcProfile session(String id, long began) {
        var profile = new OidcProfile();
        profile.setId("alice");
        profile.addAttribute(ProfileCodec.SID, "s1");
        profile.addAttribute(JwtClaims.JWT_ID, id);
        profile.addAttribute(JwtClaims.ISSUED_AT, NOW.plusSeconds(began).getEpochSecond());
        return profile;
    }
}
