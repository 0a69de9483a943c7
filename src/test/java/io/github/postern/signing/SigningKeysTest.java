package io.github.postern.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.postern.config.SealingSecret;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SigningKeysTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final SealingSecret SECRET = secret(1);
    private static final SealingSecret OTHER = secret(2);

    private Instant now = NOON;

    /** These follow from the secret and the day alone, in every version: replicas of two versions run side by side. */
    @Test
    void derivesTheKeysOfVersionOne() throws ParseException {
        assertThat(keys(SECRET).published()).contains("\"kid\":\"" + kid(keys(SECRET)) + "\"");
        assertThat(kids(keys(SECRET)))
                .containsExactly(
                        "TAUYLP3IeJETB_iVvabZz_tujtIsRBWNks8jM5P9jbo",
                        "zUCzcJJd0kXOXj_yFJGL_Cwi8pjqg2Y7LHh2Qr7GtWo",
                        "jnW9ZpS5eIzxDr9sH5G89ZAupUF5Aistl8gvaGYDnnE");
    }

    @Test
    void publishesNothingPrivate() throws ParseException {
        assertThat(keys(SECRET).published()).doesNotContain("\"d\"");
        assertThat(published(keys(SECRET)).getKeys()).hasSize(3).allSatisfy(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
            assertThat(key.getKeyUse().getValue()).isEqualTo("sig");
            assertThat(key.toECKey().toECPublicKey()).isNotNull();
        });
    }

    @Test
    void anotherReplicaVerifies() throws Exception {
        assertThat(verify(keys(SECRET).sign(claims()), keys(SECRET)).getSubject())
                .isEqualTo("alice");
    }

    @Test
    void anotherSecretAnotherGatewayOrAChangedTokenDoesNotVerify() {
        String token = keys(SECRET).sign(claims());
        assertThatThrownBy(() -> verify(token, keys(OTHER))).isInstanceOf(BadJOSEException.class);
        var neighbour = new SigningKeys(List.of(SECRET), "another client", () -> now);
        assertThatThrownBy(() -> verify(token, neighbour)).isInstanceOf(BadJOSEException.class);
        String changed = token.substring(0, token.length() - 4) + (token.endsWith("AAAA") ? "BBBB" : "AAAA");
        assertThatThrownBy(() -> verify(changed, keys(SECRET))).isInstanceOf(BadJOSEException.class);
    }

    /** A set that was fetched at noon serves tokens of tomorrow; one that is fetched tomorrow serves those of today. */
    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 24, true", "24, 0, true", "0, 48, false", "48, 0, false"})
    void keysOutliveTheirDayByOne(int signedAfterHours, int fetchedAfterHours, boolean verifies) throws Exception {
        var replica = keys(SECRET);
        now = NOON.plus(Duration.ofHours(signedAfterHours));
        String token = replica.sign(claims());
        now = NOON.plus(Duration.ofHours(fetchedAfterHours));
        String fetched = replica.published();
        if (verifies) {
            assertThat(verify(token, JWKSet.parse(fetched)).getSubject()).isEqualTo("alice");
        } else {
            assertThatThrownBy(() -> verify(token, JWKSet.parse(fetched))).isInstanceOf(BadJOSEException.class);
        }
    }

    @Test
    void signsWithAnotherKeyEachDay() throws ParseException {
        var replica = keys(SECRET);
        String today = kid(replica);
        now = Instant.parse("2026-11-27T23:59:59Z");
        assertThat(kid(replica)).isEqualTo(today);
        now = Instant.parse("2026-11-28T00:00:00Z");
        assertThat(kid(replica)).isNotEqualTo(today);
        assertThat(kid(replica)).isEqualTo(kid(keys(SECRET)));
    }

    @Test
    void theFirstSecretSignsAndAllArePublished() throws Exception {
        var rolling = new SigningKeys(List.of(OTHER, SECRET), "context", () -> now);
        assertThat(published(rolling).getKeys()).hasSize(6);
        assertThat(verify(keys(SECRET).sign(claims()), rolling).getSubject()).isEqualTo("alice");
        assertThat(verify(rolling.sign(claims()), keys(OTHER)).getSubject()).isEqualTo("alice");
    }

    @Test
    void goesByTheSecretsOfTheMoment() throws Exception {
        var secrets = new AtomicReference<>(List.of(SECRET));
        var rolling = new SigningKeys(secrets::get, "context", () -> now);
        Object before = rolling.now();
        assertThat(rolling.now()).isEqualTo(before);
        String old = rolling.sign(claims());
        secrets.set(List.of(OTHER, SECRET));
        assertThat(rolling.now()).isNotEqualTo(before);
        assertThat(published(rolling).getKeys()).hasSize(6);
        assertThat(verify(old, rolling).getSubject()).isEqualTo("alice");
        assertThat(verify(rolling.sign(claims()), keys(OTHER)).getSubject()).isEqualTo("alice");
    }

    private SigningKeys keys(SealingSecret secret) {
        return new SigningKeys(List.of(secret), "context", () -> now);
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder().subject("alice").build();
    }

    private static String kid(SigningKeys keys) throws ParseException {
        return SignedJWT.parse(keys.sign(claims())).getHeader().getKeyID();
    }

    private static List<String> kids(SigningKeys keys) throws ParseException {
        return published(keys).getKeys().stream().map(JWK::getKeyID).toList();
    }

    private static JWKSet published(SigningKeys keys) throws ParseException {
        return JWKSet.parse(keys.published());
    }

    private static JWTClaimsSet verify(String token, SigningKeys keys) throws Exception {
        return verify(token, published(keys));
    }

    /** As an app does it. */
    private static JWTClaimsSet verify(String token, JWKSet keys) throws Exception {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(keys)));
        return processor.process(token, null);
    }

    private static SealingSecret secret(int value) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) value;
        return SealingSecret.of(bytes);
    }
}
