package io.github.postern.users;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.github.postern.config.PasswordFile;
import io.github.postern.config.PasswordHash;
import io.github.postern.users.Answer.Kind;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, passwords, and how often one may try. */
final class PasswordsTest {
    private static final Optional<String> HERE = Optional.of("192.0.2.7");
    private static final Optional<String> ELSEWHERE = Optional.of("203.0.113.1");
    private static final int TRIES_OF_ONE_ADDRESS = 10;

    private final FakeClock clock = new FakeClock();
    private final AtomicReference<PasswordFile> file = new AtomicReference<>(new PasswordFile(Map.of(
            // as libxcrypt wrote it
            "carol", bcrypt("$2b$05$abcdefghijklmnopqrstuuto9TfiXPqFaPFSnWZR02c4ScFTB3OSG"),
            "bob", new PasswordHash(false, "KkPcK3XYeA35EhWhKYmaCyAgadY="),
            "zoë", bcrypt("$2y$04$KBCwKxOzLha2MUDgW0PjXeob.1nRXck/jJlw1jbNvMEEI0sW9qLoK"),
            "long", hash("0123456789".repeat(8)))));

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        "carol, correct:horse, RIGHT",
        "carol, Correct:horse, WRONG",
        "carol, correct, WRONG",
        "carol, '', WRONG",
        "Carol, correct:horse, WRONG",
        "'', correct:horse, WRONG",
        "nobody, correct:horse, WRONG",
        "bob, sha-secret, RIGHT",
        "bob, correct:horse, WRONG",
        "zoë, päss wörd, RIGHT",
        "zoë, pass word, WRONG",
    })
    void knowsWhosePasswordItIs(String name, String password, Kind kind) {
        try (var passwords = passwords()) {
            assertThat(check(passwords, name, password).kind()).isEqualTo(kind);
            assertThat(check(passwords, name, password).kind()).as("remembered").isEqualTo(kind);
        }
    }

    @Test
    void comparesBytesAsTheyWereSent() {
        try (var passwords = passwords()) {
            var latin1 = new Attempt("zoë", "päss wörd".getBytes(ISO_8859_1));
            assertThat(passwords.check(latin1, HERE).kind()).isEqualTo(Kind.WRONG);
        }
    }

    @Test
    void bcryptSeesTheFirst72BytesAndNothingBehindAZero() {
        try (var passwords = passwords()) {
            assertThat(check(passwords, "long", "0123456789".repeat(8)).isRight())
                    .isTrue();
            assertThat(check(passwords, "long", "0123456789".repeat(7) + "01xxxxx")
                            .isRight())
                    .as("the first 72 bytes are the same")
                    .isTrue();
            assertThat(check(passwords, "long", "0123456789".repeat(7) + "0x").isRight())
                    .isFalse();
            assertThat(check(passwords, "carol", "correct:horse\0correct:horse").kind())
                    .isEqualTo(Kind.WRONG);
            assertThat(check(passwords, "x".repeat(256), "y").kind()).isEqualTo(Kind.WRONG);
        }
    }

    @Test
    void stopsGuessesOfOneAddressAndNobodyElse() {
        try (var passwords = passwords()) {
            for (int i = 0; i < TRIES_OF_ONE_ADDRESS; i++) {
                assertThat(check(passwords, "carol", "guess" + i).kind()).isEqualTo(Kind.WRONG);
            }
            var stopped = check(passwords, "carol", "correct:horse");
            assertThat(stopped.kind()).as("even the right one").isEqualTo(Kind.TOO_OFTEN);
            assertThat(stopped.retryAfter()).isEqualTo("30");
            assertThat(passwords
                            .check(attempt("carol", "correct:horse"), Optional.of("192.0.2.8"))
                            .isRight())
                    .as("the real carol, elsewhere")
                    .isTrue();
            clock.pass(Duration.ofSeconds(31));
            assertThat(check(passwords, "carol", "correct:horse again").kind()).isEqualTo(Kind.WRONG);
            assertThat(check(passwords, "carol", "another").kind()).isEqualTo(Kind.TOO_OFTEN);
        }
    }

    @Test
    void aRememberedPasswordIsNotToldToWhoMayNotGuess() {
        try (var passwords = passwords()) {
            assertThat(check(passwords, "carol", "correct:horse").isRight()).isTrue();
            for (int i = 0; i < TRIES_OF_ONE_ADDRESS; i++) {
                passwords.check(attempt("carol", "guess" + i), ELSEWHERE);
            }
            var stopped = passwords.check(attempt("carol", "correct:horse"), ELSEWHERE);
            assertThat(stopped.kind()).isEqualTo(Kind.TOO_OFTEN);
            assertThat(stopped)
                    .as("as a wrong one")
                    .isEqualTo(passwords.check(attempt("carol", "one more"), ELSEWHERE));
            assertThat(check(passwords, "carol", "correct:horse").isRight())
                    .as("where it was right before")
                    .isTrue();
        }
    }

    @Test
    void aRememberedPasswordIsNotToldToOneOfManyAddresses() {
        try (var passwords = passwords()) {
            var visited = Optional.of("192.0.2.99");
            assertThat(check(passwords, "bob", "sha-secret").isRight()).isTrue();
            assertThat(passwords.check(attempt("bob", "sha-secret"), visited).isRight())
                    .isTrue();
            for (int i = 0; i < 100; i++) {
                passwords.check(attempt("bob", "guess" + i), Optional.of("198.51.100." + i));
            }
            assertThat(passwords.check(attempt("bob", "sha-secret"), ELSEWHERE).kind())
                    .isEqualTo(Kind.TOO_OFTEN);
            assertThat(passwords
                            .check(attempt("bob", "sha-secret"), Optional.empty())
                            .kind())
                    .as("where no address is known")
                    .isEqualTo(Kind.TOO_OFTEN);
            assertThat(check(passwords, "bob", "sha-secret").isRight()).isTrue();
            assertThat(passwords.check(attempt("bob", "sha-secret"), visited).isRight())
                    .as("where the remembered one was right")
                    .isTrue();
        }
    }

    @Test
    void theSameWrongPasswordAgainIsNoGuess() {
        try (var passwords = passwords()) {
            for (int i = 0; i < 3 * TRIES_OF_ONE_ADDRESS; i++) {
                assertThat(check(passwords, "carol", "old password").kind()).isEqualTo(Kind.WRONG);
            }
        }
    }

    @Test
    void unknownNamesAreStoppedLikeKnownOnes() {
        try (var passwords = passwords()) {
            for (int i = 0; i < TRIES_OF_ONE_ADDRESS; i++) {
                assertThat(check(passwords, "nobody", "guess" + i).kind()).isEqualTo(Kind.WRONG);
            }
            assertThat(check(passwords, "nobody", "guess").kind()).isEqualTo(Kind.TOO_OFTEN);
        }
    }

    @Test
    void oneAddressMayNotTryTheSamePasswordOnEverybody() {
        try (var passwords = passwords()) {
            for (int i = 0; i < 30; i++) {
                assertThat(check(passwords, "user" + i, "Summer2026").kind()).isEqualTo(Kind.WRONG);
            }
            assertThat(check(passwords, "user30", "Summer2026").kind()).isEqualTo(Kind.TOO_OFTEN);
        }
    }

    @Test
    void manyAddressesLockNobodyOutFromWhereTheySignedInBefore() {
        try (var passwords = passwords()) {
            assertThat(check(passwords, "bob", "sha-secret").isRight()).isTrue();
            for (int i = 0; i < 100; i++) {
                passwords.check(attempt("bob", "guess" + i), Optional.of("198.51.100." + i));
            }
            assertThat(passwords
                            .check(attempt("bob", "one more"), Optional.of("203.0.113.1"))
                            .kind())
                    .isEqualTo(Kind.TOO_OFTEN);
            // a change of the file makes it forget that this password was right
            file.set(new PasswordFile(Map.of("bob", hash("new secret"))));
            assertThat(check(passwords, "bob", "new secret").isRight()).isTrue();
        }
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        try (var passwords = passwords()) {
            for (int i = 0; i < TRIES_OF_ONE_ADDRESS; i++) {
                passwords.check(attempt("bob", "guess" + i), Optional.of("2001:db8:1:2::" + i));
            }
            assertThat(passwords
                            .check(attempt("bob", "x"), Optional.of("2001:db8:1:2:ffff::1"))
                            .kind())
                    .isEqualTo(Kind.TOO_OFTEN);
            assertThat(passwords
                            .check(attempt("bob", "x"), Optional.of("2001:db8:1:3::1"))
                            .kind())
                    .isEqualTo(Kind.WRONG);
        }
    }

    @Test
    void forgetsWithTheFile() {
        try (var passwords = passwords()) {
            assertThat(check(passwords, "bob", "sha-secret").isRight()).isTrue();
            var changed = new HashMap<>(file.get().users());
            changed.remove("bob");
            file.set(new PasswordFile(changed));
            assertThat(check(passwords, "bob", "sha-secret").kind()).isEqualTo(Kind.WRONG);
            assertThat(passwords.know("bob")).isFalse();
            assertThat(passwords.know("carol")).isTrue();
        }
    }

    @Test
    void refusedGuessesPushOutNothingThatIsRemembered() {
        var passwords = passwords();
        assertThat(check(passwords, "bob", "sha-secret").isRight()).isTrue();
        for (int i = 0; i < 30_000; i++) {
            passwords.check(attempt("carol", "guess" + i), ELSEWHERE);
        }
        passwords.close(); // from here on a look at a hash is refused
        assertThat(check(passwords, "carol", "correct:horse").kind()).isEqualTo(Kind.BUSY);
        assertThat(check(passwords, "bob", "sha-secret").isRight()).isTrue();
    }

    @Test
    void manyWhoAskTheSameAtOnceAreOneAttempt() throws Exception {
        try (var passwords = passwords()) {
            var threads = Executors.newFixedThreadPool(40);
            try {
                List<Callable<Answer>> questions = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    questions.add(() -> check(passwords, "carol", "correct:horse"));
                }
                for (var answer : threads.invokeAll(questions)) {
                    assertThat(answer.get().isRight()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void manyGuessesAtOnceAreCountedEach() throws Exception {
        try (var passwords = passwords()) {
            var threads = Executors.newFixedThreadPool(40);
            try {
                List<Callable<Answer>> questions = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    String guess = "guess" + i;
                    questions.add(() -> check(passwords, "carol", guess));
                }
                var kinds = new ArrayList<Kind>();
                for (var answer : threads.invokeAll(questions)) {
                    kinds.add(answer.get().kind());
                }
                assertThat(kinds).containsOnly(Kind.WRONG, Kind.TOO_OFTEN);
                assertThat(kinds).filteredOn(Kind.WRONG::equals).hasSize(TRIES_OF_ONE_ADDRESS);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void aFloodIsToldToComeBack() throws Exception {
        file.set(new PasswordFile(Map.of("slow", hash("secret", 12))));
        try (var passwords = passwords()) {
            var threads = Executors.newFixedThreadPool(80);
            try {
                List<Callable<Answer>> questions = new ArrayList<>();
                for (int i = 0; i < 80; i++) {
                    int number = i;
                    questions.add(() ->
                            passwords.check(attempt("slow", "guess" + number), Optional.of("198.51.100." + number)));
                }
                var kinds = new ArrayList<Kind>();
                for (var answer : threads.invokeAll(questions)) {
                    kinds.add(answer.get().kind());
                }
                assertThat(kinds).contains(Kind.BUSY).doesNotContain(Kind.RIGHT);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void whoIsUnknownTakesAsLongAsWhoIsKnown() {
        file.set(new PasswordFile(Map.of("slow", hash("secret", 10))));
        var memory = new Memory(file.get(), new SecureRandom());
        memory.find(attempt("slow", "warm")); // the first one loads classes
        long known = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            known = Math.min(known, nanos(memory, "slow", i));
            unknown = Math.min(unknown, nanos(memory, "nobody" + i, i));
        }
        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    private static long nanos(Memory memory, String name, int number) {
        long start = System.nanoTime();
        assertThat(memory.find(attempt(name, "guess" + number)).isRight()).isFalse();
        return System.nanoTime() - start;
    }

    private Passwords passwords() {
        return new Passwords(file::get, new SecureRandom(), clock);
    }

    private static Answer check(Passwords passwords, String name, String password) {
        return passwords.check(attempt(name, password), HERE);
    }

    private static Attempt attempt(String name, String password) {
        return new Attempt(name, password.getBytes(UTF_8));
    }

    private static PasswordHash hash(String password) {
        return hash(password, 4);
    }

    private static PasswordHash hash(String password, int cost) {
        return bcrypt(OpenBSDBCrypt.generate("2y", password.getBytes(UTF_8), new byte[16], cost));
    }

    private static PasswordHash bcrypt(String text) {
        return new PasswordHash(true, text);
    }

    /** Stands still until told. */
    private static final class FakeClock implements TimeMeter {
        private volatile long nanos;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
