package io.github.postern.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The identity provider and this client of it.
 *
 * @param keycloak whether Keycloak's realm and client roles become groups ({@code provider=keycloak-oidc})
 * @param displayName the provider's name as people read it on the sign-in button
 * @param issuer {@code oidc-issuer-url}, compared byte for byte with the discovery document (OpenID Connect Discovery 4.3)
 * @param clientId our {@code client_id}
 * @param clientSecret our {@code client_secret}
 * @param scopes the scopes asked for; holds {@code openid}
 * @param prompt the {@code prompt} parameter, if any
 * @param acrValues the {@code acr_values} parameter, if any
 * @param groupsClaim the claim that holds the groups: a name, or a dotted path
 * @param emailClaim the claim that holds the e-mail address
 * @param allowUnverifiedEmail whether {@code email_verified=false} may sign in
 * @param redirectUrl the {@code redirect_uri} registered at the provider; empty means the host of the request decides
 * @param caFiles PEM files with the authorities that vouch for the provider's certificate; empty means the system's
 * @param useSystemTrustStore whether the system's authorities count beside {@code caFiles}
 * @param skipTlsVerify whether the provider's certificate goes unchecked
 * @param timeout the longest any one call to the provider may take
 * @param addresses where the provider is asked
 * @param idTokens which ID tokens count
 * @param signIn how the provider answers a sign-in
 * @param audiences whom tokens must be meant for, besides {@code clientId}
 */
public record ProviderSettings(
        boolean keycloak,
        String displayName,
        String issuer,
        String clientId,
        Secret clientSecret,
        List<String> scopes,
        Optional<String> prompt,
        Optional<String> acrValues,
        String groupsClaim,
        String emailClaim,
        boolean allowUnverifiedEmail,
        Optional<URI> redirectUrl,
        List<Path> caFiles,
        boolean useSystemTrustStore,
        boolean skipTlsVerify,
        Duration timeout,
        ProviderAddresses addresses,
        IdTokenSettings idTokens,
        SignInSettings signIn,
        AudienceSettings audiences) {
    public ProviderSettings {
        scopes = List.copyOf(scopes);
        caFiles = List.copyOf(caFiles);
    }
}
