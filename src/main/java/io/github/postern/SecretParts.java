package io.github.postern;

import io.github.postern.config.FileWatch;
import io.github.postern.config.SealingSecrets;
import io.github.postern.config.SecretFiles;
import io.github.postern.config.Settings;
import io.github.postern.login.Login;
import java.time.InstantSource;

/** The secrets that may change while Postern runs, and who is told. */
final class SecretParts {
    private SecretParts() {}

    /** What seals and opens, from now on as the file says, if there is one to follow. */
    static SealingSecrets sealing(Settings settings, FileWatch files, InstantSource clock) {
        var secrets = new SealingSecrets(settings.cookies().secrets(), clock);
        SecretFiles named = settings.secretFiles();
        named.cookie().filter(file -> named.reload()).ifPresent(file -> files.follow(file, secrets::take));
        return secrets;
    }

    /** The login calls the provider with the client secret that the file holds. */
    static void followClientSecret(Settings settings, FileWatch files, Login login) {
        SecretFiles named = settings.secretFiles();
        named.client().filter(file -> named.reload()).ifPresent(file -> files.follow(file, login::useClientSecret));
    }
}
