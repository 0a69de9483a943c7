package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.postern.config.AudienceSettings;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AudiencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aud||{\"aud\":\"us\"}|true",
                "aud||{\"aud\":[\"us\"]}|true",
                "aud||{\"aud\":[\"them\",\"us\"]}|true",
                "aud||{\"aud\":\"them\"}|false",
                "aud||{\"aud\":\"US\"}|false",
                "aud||{\"aud\":\"us \"}|false",
                "aud||{\"aud\":[]}|false",
                "aud||{\"aud\":null}|false",
                "aud||{}|false",
                "aud||{\"azp\":\"us\"}|false",
                "aud|them|{\"aud\":\"them\"}|true",
                "aud|them|{\"aud\":\"us\"}|true",
                "aud|them|{\"aud\":[\"others\"]}|false",
                "azp||{\"aud\":\"them\",\"azp\":\"us\"}|true",
                "azp||{\"aud\":\"us\",\"azp\":\"them\"}|false",
                "azp,aud||{\"aud\":\"us\",\"azp\":\"them\"}|false",
                "azp,aud||{\"aud\":\"us\"}|true",
                "aud,azp||{\"aud\":\"them\",\"azp\":\"us\"}|false",
                "x||{\"x\":7}|false",
                "x||{\"x\":[7,\"us\"]}|true",
                "x||{\"x\":null}|false",
                "x,aud||{\"x\":null,\"aud\":\"us\"}|false",
                "a.b||{\"a\":{\"b\":\"us\"}}|false",
                "a.b||{\"a.b\":\"us\"}|true"
            })
    void theFirstClaimThatIsThereDecides(String claims, String extra, String token, boolean accepted)
            throws ParseException {
        assertThat(audiences(claims, extra).accept(JWTClaimsSet.parse(token))).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|{\"aud\":\"us\"}|true",
                "|{\"aud\":\"us\",\"azp\":\"us\"}|true",
                "|{\"aud\":[\"us\",\"them\"],\"azp\":\"us\"}|true",
                "|{\"aud\":[\"us\",\"them\"]}|false",
                "|{\"aud\":\"us\",\"azp\":\"them\"}|false",
                "|{\"aud\":\"us\",\"azp\":[\"us\"]}|false",
                "|{\"aud\":\"us\",\"azp\":\"\"}|false",
                "them|{\"aud\":[\"us\",\"them\"]}|true",
                "them|{\"aud\":[\"us\",\"them\",\"others\"]}|false",
                "them|{\"aud\":\"them\",\"azp\":\"them\"}|true",
                "them|{\"aud\":\"them\",\"azp\":\"others\"}|false"
            })
    void anIdTokenIsIssuedToUs(String extra, String token, boolean accepted) throws ParseException {
        assertThat(audiences("aud", extra).acceptParty(JWTClaimsSet.parse(token)))
                .isEqualTo(accepted);
    }

    @Test
    void saysWhatWasFoundAndWhatWasExpected() {
        var token = new JWTClaimsSet.Builder()
                .audience(List.of("them", "x".repeat(500)))
                .build();
        assertThatThrownBy(() -> audiences("aud", "extra").require(token))
                .hasMessageContainingAll("aud: them, xxx", "not for us, extra", "oidc-extra-audience")
                .message()
                .hasSizeLessThan(400);
    }

    private static Audiences audiences(String claims, String extra) {
        return new Audiences("us", new AudienceSettings(list(claims), extra == null ? List.of() : list(extra)));
    }

    private static List<String> list(String text) {
        return Arrays.asList(text.split(","));
    }
}
