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
        return new Secret(
                inline.or(() -> file.flatMap(name -> secretIn(name, findings))).orElse(""));
    }

    private static Optional<String> secretIn(String file, Findings findings) {
        Optional<String> secret =
                SmallFile.read(CLIENT_SECRET_FILE, file, findings).map(bytes -> new String(bytes, UTF_8).strip());
        if (secret.filter(String::isEmpty).isPresent()) {
            findings.mistake(CLIENT_SECRET_FILE, "file " + Quoted.of(file) + " is empty; write the secret into it");
        }
        return secret;
    }
}
