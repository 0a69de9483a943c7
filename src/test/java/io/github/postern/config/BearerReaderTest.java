package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.notes;
import static io.github.postern.config.Samples.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.BearerSettings.ExtraIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerReaderTest {
    private static final String ON = "--skip-jwt-bearer-tokens";

    @ParameterizedTest
    @ValueSource(strings = {"https://issuer.example", "https://issuer.example=", "=api", "api"})
    void showsTheShapeOfAPair(String pair) {
        assertThat(mistakes(ON, "--extra-jwt-issuers=" + pair))
                .containsExactly("extra-jwt-issuers: '" + pair
                        + "' is no pair; write issuer=audience, such as https://issuer.example=my-api");
    }

    @ParameterizedTest
    @CsvSource({
        "issuer.example=api, does not begin with https://",
        "https://=api, is no web address",
        "https://u:p@issuer.example=api, holds a user name"
    })
    void refusesAnIssuerThatIsNoAddress(String pair, String fault) {
        assertThat(mistakes(ON, "--extra-jwt-issuers=" + pair))
                .singleElement()
                .asString()
                .startsWith("extra-jwt-issuers: " + fault);
    }

    @Test
    void splitsAtTheFirstSign() {
        assertThat(Samples.read(ON, "--extra-jwt-issuers=https://a/b=c=d,https://e=f")
                        .bearer()
                        .extraIssuers())
                .containsExactly(new ExtraIssuer("https://a/b", "c=d"), new ExtraIssuer("https://e", "f"));
    }

    @Test
    void warnsOfAnIssuerWithoutTls() {
        assertThat(warnings(ON, "--extra-jwt-issuers=http://a=b"))
                .anyMatch(warning -> warning.startsWith("extra-jwt-issuers holds an http address"));
    }

    @Test
    void startsWithIssuersThatHaveNoEffect() {
        assertThat(mistakes("--extra-jwt-issuers=x")).isEmpty();
        assertThat(notes("--extra-jwt-issuers=https://a=b"))
                .contains("extra-jwt-issuers has no effect without skip-jwt-bearer-tokens=true.");
    }

    @Test
    void theAudienceMayStandInOtherClaims() {
        var usual = Samples.read().provider().audiences();
        assertThat(usual.areUsual()).isTrue();
        var others = Samples.read("--oidc-audience-claim=azp", "--oidc-audience-claim=aud")
                .provider()
                .audiences();
        assertThat(others.claims()).containsExactly("azp", "aud");
        assertThat(others.areUsual()).isFalse();
        assertThat(Samples.read("--oidc-extra-audience=account")
                        .provider()
                        .audiences()
                        .areUsual())
                .isFalse();
    }
}
