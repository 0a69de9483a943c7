package io.github.postern.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of people and addresses that the suite's gateways read. */
final class LocalFiles {
    static final String PASSWORD = "correct:horse";

    /** carol as libxcrypt wrote her, bob as openssl did, zoë with letters beyond ASCII. */
    static final String PEOPLE = """
            # people of the suite
            carol:$2b$05$abcdefghijklmnopqrstuuto9TfiXPqFaPFSnWZR02c4ScFTB3OSG
            bob:{SHA}KkPcK3XYeA35EhWhKYmaCyAgadY=
            zoë:$2y$04$KBCwKxOzLha2MUDgW0PjXeob.1nRXck/jJlw1jbNvMEEI0sW9qLoK
            """;

    static final String ADDRESSES = "# besides akko.local\nguest@Example.org\n";

    private static final Path FOLDER = folder();
    static final Path PASSWORDS = write("htpasswd", PEOPLE);
    static final Path FIXED = write("htpasswd-fixed", PEOPLE);
    static final Path EMAILS = write("emails", ADDRESSES);

    private LocalFiles() {}

    static void change(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(String name, String content) {
        Path file = FOLDER.resolve(name);
        change(file, content);
        return file;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("postern-local-users");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
