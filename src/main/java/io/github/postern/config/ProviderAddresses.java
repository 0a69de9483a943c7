package io.github.postern.config;

import java.net.URI;
import java.util.Optional;

/**
 * Where the provider is asked, as far as the operator says so.
 *
 * @param given the provider's endpoints; empty when its discovery document names them
 * @param validate what judges a renewed access token, if anything ({@code validate-url})
 * @param backendLogout what is called at a sign-out, if anything; {@value #ID_TOKEN} stands for the ID token
 */
public record ProviderAddresses(Optional<Given> given, Optional<URI> validate, Optional<String> backendLogout) {
    /** What the ID token is put in place of. */
    public static final String ID_TOKEN = "{id_token}";

    /**
     * Endpoints without discovery.
     *
     * @param login where browsers are sent
     * @param redeem where codes and refresh tokens are exchanged
     * @param profile where missing claims are asked for, if anywhere
     * @param keys where the signing keys are; empty when files hold them
     */
    public record Given(URI login, URI redeem, Optional<URI> profile, Optional<URI> keys) {}
}
