package io.github.postern.login;

import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.postern.config.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks Keycloak whether it lists our {@code redirect-url}. It would tell only the user, on a page of its own from which
 * nobody returns; so it is asked beforehand, as a browser without a session would ask, and the operator is told the cure.
 */
final class RedirectUrlProbe {
    private static final int BAD_REQUEST = 400;
    // A challenge of the right form; nobody holds its verifier, and prompt=none ends the request at once.
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private final ProviderSettings settings;
    private final ProviderHttp http;

    RedirectUrlProbe(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /** False only when Keycloak says that it does not list the address; any other answer, or none, proves nothing. */
    boolean isListed(OIDCProviderMetadata metadata) {
        if (!settings.keycloak() || settings.redirectUrl().isEmpty()) {
            return true;
        }
        try {
            HttpResponse<byte[]> answer = http.call(
                    ProviderCalls.Endpoint.AUTHORIZATION,
                    HttpRequest.newBuilder(question(metadata)).build());
            String page = new String(answer.body(), StandardCharsets.UTF_8);
            boolean unknown = answer.statusCode() == BAD_REQUEST && page.contains("redirect_uri");
            return !unknown;
        } catch (IOException | IllegalArgumentException e) {
            return true;
        }
    }

    private URI question(OIDCProviderMetadata metadata) {
        Map<String, String> parameters = Map.of(
                "response_type", "code",
                "scope", "openid",
                "prompt", "none",
                "state", "probe",
                "client_id", settings.clientId(),
                "redirect_uri", settings.redirectUrl().map(URI::toString).orElse(""),
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256");
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String endpoint = metadata.getAuthorizationEndpointURI().toString();
        return URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + query);
    }
}
