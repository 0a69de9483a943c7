package io.github.postern.config;

import java.util.List;
import java.util.Optional;

/**
 * The files that hold secrets, where the operator keeps them in files.
 *
 * @param reload whether they are read again when they change
 * @param cookie {@code cookie-secret-file}
 * @param client {@code client-secret-file}
 */
public record SecretFiles(
        boolean reload, Optional<SettingsFile<List<SealingSecret>>> cookie, Optional<SettingsFile<Secret>> client) {
    static SecretFiles read(Values values, Findings findings) {
        return new SecretFiles(
                values.isOn(Option.SECRET_RELOAD),
                CookieSecret.file(values, findings),
                ClientSecret.file(values, findings));
    }
}
