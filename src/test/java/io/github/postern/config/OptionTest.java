package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OptionTest {
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "oauth2-proxy-options.csv", numLinesToSkip = 1, emptyValue = "", nullValues = "NULL")
    void knowsEachOptionOfOauth2Proxy(String flag, String type, String defaultValue, String key) {
        var option = Option.valueOf(flag.toUpperCase(Locale.ROOT).replace('-', '_'));
        String theirs = defaultValue == null ? "" : defaultValue;
        assertThat(option.flag()).isEqualTo(flag);
        assertThat(option.type().word()).isEqualTo(type);
        assertThat(option.isInFile()).isEqualTo(key != null);
        if (key != null) {
            assertThat(option.key()).isEqualTo(key);
        }
        assertThat(option.defaultValue().equals(theirs) || Difference.speaksOf(option))
                .as("default %s instead of %s is told among the differences", option.defaultValue(), theirs)
                .isTrue();
    }

    @Test
    void hasAFewOptionsOfItsOwn() {
        List<Option> ours = List.of(
                Option.PROVIDER_TIMEOUT,
                Option.SESSION_IDLE_TIMEOUT,
                Option.SECRET_RELOAD,
                Option.ADMIN_GROUP,
                Option.FORWARDED_SOURCE,
                Option.AUTH_CHALLENGE,
                Option.USER_ID_HEADER_CLAIM,
                Option.CLAIM_HEADER,
                Option.SIGNED_IDENTITY_HEADER,
                Option.SIGNED_IDENTITY_LIFETIME,
                Option.CLUSTER,
                Option.CLUSTER_ADDRESS,
                Option.CLUSTER_MEMBER,
                Option.CLUSTER_SECRET,
                Option.SHUTDOWN_DELAY,
                Option.REDIS_TIMEOUT,
                Option.LOGGING_FORMAT,
                Option.LOGGING_LEVEL,
                Option.CHECK_LOGGING,
                Option.ACCESS_RULES_FILE);
        assertThat(Arrays.stream(Option.values())
                        .filter(option -> option.meaning().startsWith("Ours.")))
                .containsExactlyInAnyOrderElementsOf(ours);
        assertThat(Option.values()).hasSize(172 + ours.size());
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void hidesWhatSoundsSecret(Option option) {
        boolean soundsSecret =
                option.flag().matches(".*(?:secret|password|token|key)|redis-.*connection-urls?|backend-logout-url");
        assertThat(option.isSecret()).isEqualTo(soundsSecret && option.type() != ValueType.BOOL);
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void saysWhatItMeansInOneSentence(Option option) {
        assertThat(option.meaning()).matches("[A-Z`].*[.]").doesNotContain("|", "\n");
        assertThat(option.standing().sentence()).isNotBlank().doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL_DOMAIN, OAUTH2_PROXY_EMAIL_DOMAINS",
        "SKIP_AUTH_REGEX, OAUTH2_PROXY_SKIP_AUTH_REGEX",
        "EXTRA_JWT_ISSUERS, OAUTH2_PROXY_EXTRA_JWT_ISSUERS",
        "REDIS_CLUSTER_CONNECTION_URLS, OAUTH2_PROXY_REDIS_CLUSTER_CONNECTION_URLS",
        "COOKIE_NAME, OAUTH2_PROXY_COOKIE_NAME"
    })
    void namesListsInThePluralInTheEnvironment(Option option, String environment) {
        assertThat(option.environment()).isEqualTo(environment);
    }
}
