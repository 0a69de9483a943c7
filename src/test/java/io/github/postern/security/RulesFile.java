package io.github.postern.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The {@code access-rules-file} of {@link Setup#ACCESS_RULES}. */
final class RulesFile {
    static final String USUAL = """
            [[rule]]
            name = "open"
            host = "portal.akko.local"
            path = "/public/*"
            public = true

            [[rule]]
            name = "retired"
            host = "old.akko.local"
            nobody = true

            [[rule]]
            name = "mlflow admins"
            host = "mlflow.akko.local"
            path = "/admin/*"
            any = { groups = ["/admins"] }

            [[rule]]
            name = "department"
            host = "dept.akko.local"
            any = { claims = { department = ["ai"] }, emails = ["boss@akko.local"] }
            user_id = "preferred_username"
            headers = { X-Team = "department", X-WEBAUTH-USER = "preferred_username" }

            [[rule]]
            name = "strong"
            host = "strong.akko.local"
            signed_in = true
            acr = "2"

            [[rule]]
            name = "fresh"
            host = "fresh.akko.local"
            signed_in = true
            max_age = "10m"
            """;

    private static final Path FILE = create();

    private RulesFile() {}

    static String name() {
        return FILE.toString();
    }

    static void write(String rules) {
        try {
            Files.writeString(FILE, rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path create() {
        try {
            Path file = Files.createTempFile("access-rules", ".toml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, USUAL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
