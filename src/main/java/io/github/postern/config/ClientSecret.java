package io.github.postern.config;

import static io.github.postern.config.Option.CLIENT_SECRET;
import static io.github.postern.config.Option.CLIENT_SECRET_FILE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** Finds the client secret in {@code client-secret} or in the file that holds it. */
final class ClientSecret {
    private ClientSecret() {}

    /** The secret; empty after telling why there is none. */
    static Secret read(Values values, Findings findings) {
        Optional<String> inline = values.textIfAny(CLIENT_SECRET);
        Optional<String> file = values.textIfAny(CLIENT_SECRET_FILE);
        if (inline.isPresent() && file.isPresent()) {
            findings.note(
                    "client-secret-file has no effect: client-secret is set too and wins; remove one of the two.");
        }
        if (inline.isEmpty() && file.isEmpty()) {
            findings.mistake(CLIENT_SECRET, "is missing; set it, or client-secret-file");
        }
        return inline.map(Secret::new)
                .orElseGet(
                        () -> file(values, findings).map(SettingsFile::content).orElse(new Secret("")));
    }

    /** The file with the secret, where it counts; empty where it does not or cannot be used, which is then told. */
    static Optional<SettingsFile<Secret>> file(Values values, Findings findings) {
        return values.textIfAny(CLIENT_SECRET_FILE)
                .filter(name -> values.textIfAny(CLIENT_SECRET).isEmpty())
                .flatMap(name -> SettingsFile.read(CLIENT_SECRET_FILE, name, ClientSecret::parse, findings));
    }

    private static Secret parse(byte[] bytes, Findings findings) {
        String secret = new String(bytes, UTF_8).strip();
        if (secret.isEmpty()) {
            findings.mistake("the file is empty; write the secret into it");
        }
        return new Secret(secret);
    }
}
