package io.github.postern.config;

import java.util.List;
import java.util.Optional;

/**
 * Whom the operator lists in files.
 *
 * @param emails e-mail addresses that may pass ({@code authenticated-emails-file})
 * @param passwords people with a password of ours ({@code htpasswd-file})
 * @param groups the groups of those people
 * @param form whether the sign-in page asks for name and password
 * @param nameIsEmail whether the name in an {@code Authorization: Basic} header counts as e-mail address ({@code prefer-email-to-user})
 */
public record LocalUserSettings(
        Optional<SettingsFile<EmailList>> emails,
        Optional<SettingsFile<PasswordFile>> passwords,
        List<String> groups,
        boolean form,
        boolean nameIsEmail) {
    public LocalUserSettings {
        groups = List.copyOf(groups);
        form = form && passwords.isPresent();
    }
}
