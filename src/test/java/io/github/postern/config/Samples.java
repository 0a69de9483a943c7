package io.github.postern.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.postern.config.Settings.Notice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The smallest settings that can be used, and ways to read them with changes. */
final class Samples {
    /** Of an authority that signs nothing. */
    static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBejCCASGgAwIBAgIUQfHD3DsM+Zu7Sek4wBjvx5f4INIwCgYIKoZIzj0EAwIw
            EjEQMA4GA1UEAwwHY2EudGVzdDAgFw0yNjExMjQwMTQwMDdaGA8yMTI2MTAzMTAx
            NDAwN1owEjEQMA4GA1UEAwwHY2EudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEH
            A0IABO/fTM3GT860d+hbBttO21zD4Qvu/PyFH8YJfGaFkF4l1T827GjjUVKBPeOj
            /ZXMlooTDRWGsP8hBz2K6cjjuyijUzBRMB0GA1UdDgQWBBQuPKRiyHK2TjqaiANb
            BRmwdCQ7azAfBgNVHSMEGDAWgBQuPKRiyHK2TjqaiANbBRmwdCQ7azAPBgNVHRMB
            Af8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIEH6szxjnssXOA0HK6BeYOEcvTPG
            jzQdO/0U0tYqlFf5AiBBHqUklE9MDQ4LCs/0WamNpYncMVFP/f829yPamSnYmQ==
            -----END CERTIFICATE-----
            """;

    static final String COOKIE_SECRET = "wbn-10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d_k=";
    static final String CLIENT_SECRET = "correct-horse";

    private static final Map<String, String> SMALLEST = Map.of(
            "OAUTH2_PROXY_PROVIDER", "keycloak-oidc",
            "OAUTH2_PROXY_CLIENT_ID", "akko-oauth2-proxy",
            "OAUTH2_PROXY_CLIENT_SECRET", CLIENT_SECRET,
            "OAUTH2_PROXY_OIDC_ISSUER_URL", "https://identity.akko.local/realms/akko",
            "OAUTH2_PROXY_COOKIE_SECRET", COOKIE_SECRET,
            "OAUTH2_PROXY_EMAIL_DOMAINS", "*");

    private Samples() {}

    /** The smallest settings with these variables set or, where the value is empty, missing. */
    static Map<String, String> environment(Map<String, String> changes) {
        var environment = new HashMap<>(SMALLEST);
        environment.putAll(changes);
        return environment;
    }

    /** The smallest settings without these options. */
    static Map<String, String> without(Option... options) {
        var environment = new HashMap<>(SMALLEST);
        Arrays.stream(options).map(Option::environment).forEach(environment::remove);
        return environment;
    }

    static Settings read(String... flags) {
        return SettingsReader.read(List.of(flags), SMALLEST);
    }

    static Settings read(Map<String, String> environment, String... flags) {
        return SettingsReader.read(List.of(flags), environment);
    }

    static List<String> mistakes(String... flags) {
        return mistakes(SMALLEST, flags);
    }

    /** What is wrong, never with a line break or a secret in it; empty when nothing is. */
    static List<String> mistakes(Map<String, String> environment, String... flags) {
        var invalid =
                catchThrowableOfType(InvalidSettings.class, () -> SettingsReader.read(List.of(flags), environment));
        if (invalid == null) {
            return List.of();
        }
        if (invalid.getMessage().lines().count() != invalid.mistakes().size()) {
            throw new AssertionError("not one line for each mistake: " + invalid.getMessage());
        }
        return invalid.mistakes();
    }

    static List<String> warnings(String... flags) {
        return notices(true, flags);
    }

    static List<String> notes(String... flags) {
        return notices(false, flags);
    }

    private static List<String> notices(boolean weak, String... flags) {
        return read(flags).notices().stream()
                .filter(notice -> notice.weak() == weak)
                .map(Notice::text)
                .toList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Option> options(Standing.Effect effect) {
        return Arrays.stream(Option.values()).filter(option -> option.standing().effect() == effect);
    }
}
