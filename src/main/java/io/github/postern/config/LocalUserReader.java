package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.List;
import java.util.Optional;

/** Fills {@link LocalUserSettings}. */
final class LocalUserReader {
    private final Values values;
    private final Findings findings;

    LocalUserReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    LocalUserSettings read(AdmissionSettings admission) {
        Optional<SettingsFile<EmailList>> emails = values.textIfAny(AUTHENTICATED_EMAILS_FILE)
                .flatMap(name -> SettingsFile.read(AUTHENTICATED_EMAILS_FILE, name, EmailListReader::read, findings));
        Optional<SettingsFile<PasswordFile>> passwords = values.textIfAny(HTPASSWD_FILE)
                .flatMap(name -> SettingsFile.read(HTPASSWD_FILE, name, PasswordFileReader::read, findings));
        List<String> groups = values.list(HTPASSWD_USER_GROUP);
        tellIdle(admission, groups);
        return new LocalUserSettings(
                emails, passwords, groups, values.isOn(DISPLAY_HTPASSWD_FORM), values.isOn(PREFER_EMAIL_TO_USER));
    }

    private void tellIdle(AdmissionSettings admission, List<String> groups) {
        if (values.textIfAny(HTPASSWD_FILE).isEmpty()) {
            if (!groups.isEmpty()) {
                findings.note("htpasswd-user-group has no effect: htpasswd-file is not set.");
            }
            return;
        }
        List<String> allowed = admission.allowedGroups();
        if (!allowed.isEmpty() && groups.stream().noneMatch(allowed::contains)) {
            findings.note("Nobody in htpasswd-file may pass: htpasswd-user-group names no group of allowed-group.");
        }
        if (values.isOn(DISPLAY_HTPASSWD_FORM) && values.isOn(SKIP_PROVIDER_BUTTON)) {
            findings.note(
                    "display-htpasswd-form has no effect: with skip-provider-button nobody sees the sign-in page.");
        }
    }
}
