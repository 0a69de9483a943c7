package io.github.postern.config;

import java.util.List;
import java.util.Optional;

/**
 * Everything the operator decided, complete and checked.
 *
 * @param provider the identity provider and this client of it
 * @param cookies what our cookies look like and how long they live
 * @param admission who may pass, with and without signing in
 * @param users whom the operator lists in files
 * @param forwarded whom we believe about the user's request, and how to answer
 * @param endpoints where our own paths lie
 * @param headers what an allowed request is told about the user
 * @param server where the server listens
 * @param api who is answered in JSON, never with a page
 * @param logging what is recorded, and how it looks
 * @param pages what the operator put on our pages
 * @param bearer which bearer tokens stand in for a session
 * @param store where sessions are kept
 * @param cluster the replicas that share what they know; empty without {@code cluster}
 * @param accessRules who may open what, host by host; empty without {@code access-rules-file}
 * @param adminGroups whose members see and end everybody's sessions
 * @param secretFiles where secrets are kept in files
 * @param notices lines for the log at start: each default that was filled in, each weak or idle setting
 */
public record Settings(
        ProviderSettings provider,
        CookieSettings cookies,
        AdmissionSettings admission,
        LocalUserSettings users,
        ForwardedSettings forwarded,
        EndpointSettings endpoints,
        HeaderSettings headers,
        ServerSettings server,
        ApiSettings api,
        LoggingSettings logging,
        PageSettings pages,
        BearerSettings bearer,
        StoreSettings store,
        Optional<ClusterSettings> cluster,
        Optional<SettingsFile<RuleBook>> accessRules,
        List<String> adminGroups,
        SecretFiles secretFiles,
        List<Notice> notices) {
    public Settings {
        adminGroups = List.copyOf(adminGroups);
        notices = List.copyOf(notices);
    }

    /**
     * One line for the log at start.
     *
     * @param weak whether it names a setting that lowers protection (a warning)
     * @param text what the operator should know
     */
    public record Notice(boolean weak, String text) {}
}
