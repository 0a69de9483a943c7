package io.github.postern.config;

import static java.util.stream.Collectors.joining;

import io.github.postern.config.Standing.Effect;
import java.util.Arrays;

/** Writes {@code docs/settings.md} from the option table. */
final class SettingsPage {
    private static final String HEAD = """
            # Settings

            Made from the option table: `mvn test -Dtest=SettingsPageTest -Dwrite` writes it anew. Do not edit.

            Postern takes oauth2-proxy's settings by their names. A flag goes before an environment variable, that before the TOML
            file, that before the default.

            - Flags: `--name=value` or `--name value`; a switch is `--name` or `--name=false`. Lists are repeated or split on commas;
              a piece in double quotes may hold commas.
            - Environment: `OAUTH2_PROXY_` and the name in capitals; lists stand in the plural and are split on commas. An empty
              variable counts as not set. A misspelt name ends the start; one that resembles no setting is told and ignored.
            - File: `--config=FILE` or `OAUTH2_PROXY_CONFIG`, TOML with flat keys: the environment's names without the prefix, in
              small letters. Lists are arrays; a text is split on commas. An unknown key ends the start.
            - Durations as Go writes them: `168h`, `1h30m`, `15m`, `300ms`, `0`.
            - Log formats: text and fields, as in `{{.Client}} - {{.Username}}`. Every line has `Timestamp`. Decisions and requests have `Client`,
              `Host`, `Protocol`, `RequestID`, `RequestMethod`, `UserAgent` and `Username`; decisions also `Status` (`AuthSuccess`, `AuthFailure`,
              `AuthError`) and `Message`; requests `RequestURI`, `StatusCode`, `ResponseSize`, `RequestDuration` and `Upstream`; every other line
              `File` and `Message`. `-` stands for nothing; `RequestURI` and `UserAgent` bring their own quotation marks.
            - Blanks around values and blank list entries are dropped; a list of nothing but blanks is a mistake.

            `bin/postern --config-test` reads all of it without starting anything: it prints every setting with where it comes from, as
            a file one could start from (secrets as `***`), then what the log would say, and ends with exit code 0; or with one line
            for each mistake and exit code 1.

            Traces have no option: the standard `OTEL_` variables ask for them ([tracing.md](tracing.md)).

            All mistakes are told together, one line each, and nothing starts until they are mended. A setting that is idle, refused
            or not supported yet may stand at its default.

            Status: **works**; **idle**: accepted, with a line in the log; **later**: refused until a later version supports it;
            **refused**: not part of what Postern is.
            """;
    private static final String DIFFERENCES = """

            ## Differences from oauth2-proxy

            | option | oauth2-proxy | Postern | reason | to restore |
            |---|---|---|---|---|
            """;

    private SettingsPage() {}

    static String text() {
        return HEAD
                + Arrays.stream(Section.values()).map(SettingsPage::section).collect(joining())
                + DIFFERENCES
                + Difference.ALL.stream().map(Difference::row).collect(joining());
    }

    private static String section(Section section) {
        return "\n## " + section.title()
                + "\n\n| option | environment | type | default | meaning | status |\n|---|---|---|---|---|---|\n"
                + Arrays.stream(Option.values())
                        .filter(option -> option.section() == section)
                        .map(SettingsPage::row)
                        .collect(joining());
    }

    private static String row(Option option) {
        String environment = option.isInEnvironment() ? "`" + option.environment() + "`" : "";
        String usual = option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`";
        return "| "
                + String.join(
                        " | ",
                        "`" + option.flag() + "`",
                        environment,
                        option.type().word(),
                        usual,
                        option.meaning(),
                        status(option))
                + " |\n";
    }

    private static String status(Option option) {
        Standing standing = option.standing();
        if (standing.effect() == Effect.WORKS) {
            return "works";
        }
        return (standing.effect() == Effect.NOTICE ? "idle: " : "refused: ") + standing.sentence();
    }
}
