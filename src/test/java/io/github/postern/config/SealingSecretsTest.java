package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SealingSecretsTest {
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");

    /** Each letter is a secret; the first of a word seals. */
    @ParameterizedTest
    @CsvSource({
        "A,  BA,  AB,  BA, rotated in one step",
        "A,  AB,  AB,  AB, the first step of two",
        "AB, BA,  AB,  BA, the second",
        "AB, CBA, ACB, CBA, two at once",
        "BA, B,   B,   B,  an old one retired",
        "A,  B,   B,   B,  the one that sealed is gone",
        "A,  BC,  BC,  BC, so it is here",
        "AB, AB,  AB,  AB, nothing changed"
    })
    void theFormerFirstSealsForTwoMinutesWhereItIsListed(
            String before, String listed, String at, String later, String why) {
        var secrets = new SealingSecrets(secrets(before), () -> now);
        secrets.take(secrets(listed));
        assertThat(secrets.get()).as(why).isEqualTo(secrets(at));
        now = now.plusSeconds(119);
        assertThat(secrets.get()).as(why).isEqualTo(secrets(at));
        now = now.plusSeconds(1);
        assertThat(secrets.get()).as(why).isEqualTo(secrets(later));
    }

    @Test
    void aSecondChangeBeginsTheTwoMinutesAnew() {
        var secrets = new SealingSecrets(secrets("A"), () -> now);
        secrets.take(secrets("BA"));
        now = now.plusSeconds(100);
        secrets.take(secrets("CBA"));
        now = now.plusSeconds(100);
        assertThat(secrets.get()).isEqualTo(secrets("ACB"));
        now = now.plusSeconds(20);
        assertThat(secrets.get()).isEqualTo(secrets("CBA"));
    }

    @Test
    void aFileThatSaysTheSameAgainChangesNothing() {
        var secrets = new SealingSecrets(secrets("A"), () -> now);
        secrets.take(secrets("BA"));
        now = now.plusSeconds(100);
        secrets.take(secrets("BA"));
        now = now.plusSeconds(20);
        assertThat(secrets.get()).isEqualTo(secrets("BA"));
    }

    @Test
    void aChangeThatIsTakenBackEndsTheWait() {
        var secrets = new SealingSecrets(secrets("A"), () -> now);
        secrets.take(secrets("BA"));
        secrets.take(secrets("A"));
        now = now.plusSeconds(200);
        assertThat(secrets.get()).isEqualTo(secrets("A"));
    }

    /** Whoever derives keys from them knows by it that nothing changed. */
    @Test
    void isTheSameListUntilItChanges() {
        var secrets = new SealingSecrets(secrets("A"), () -> now);
        secrets.take(secrets("BA"));
        assertThat(secrets.get()).isSameAs(secrets.get());
        now = now.plusSeconds(200);
        assertThat(secrets.get()).isSameAs(secrets.get());
    }

    private static List<SealingSecret> secrets(String letters) {
        return letters.chars()
                .mapToObj(letter -> SealingSecret.of(
                        Samples.bytes(String.valueOf((char) letter).repeat(16))))
                .toList();
    }
}
