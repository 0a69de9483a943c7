package io.github.postern.login;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.postern.config.ProviderAddresses.Given;
import io.github.postern.config.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What describes the provider: its discovery document (OpenID Connect Discovery 4), or what the operator wrote in its place.
 */
final class ProviderDocument {
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private final ProviderSettings settings;
    private final ProviderHttp http;

    ProviderDocument(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /**
     * The description, with such signature algorithms only as are both trustworthy and allowed.
     *
     * @throws ParseException when it cannot be used
     */
    OIDCProviderMetadata read() throws IOException, ParseException {
        Optional<Given> given = settings.addresses().given();
        OIDCProviderMetadata metadata = given.isPresent() ? written(given.get()) : discovered();
        metadata.setIDTokenJWSAlgs(algorithms(metadata));
        return metadata;
    }

    /** What is asked first, for the operator. */
    String place() {
        return settings.addresses()
                .given()
                .map(given -> given.keys().map(ProviderHttp::shown).orElse("oidc-public-key-file"))
                .orElseGet(() -> discovery().toString());
    }

    private OIDCProviderMetadata written(Given given) {
        // pac4j wants an address for the keys even where files hold them; it is never asked
        URI keys = given.keys().orElse(given.redeem());
        var metadata = new OIDCProviderMetadata(new Issuer(settings.issuer()), List.of(SubjectType.PUBLIC), keys);
        metadata.setAuthorizationEndpointURI(given.login());
        metadata.setTokenEndpointURI(given.redeem());
        given.profile().ifPresent(metadata::setUserInfoEndpointURI);
        return metadata;
    }

    private OIDCProviderMetadata discovered() throws IOException, ParseException {
        var metadata = OIDCProviderMetadata.parse(
                http.get(ProviderCalls.Endpoint.DISCOVERY, discovery()).getContent());
        String issuer = metadata.getIssuer().getValue();
        if (!issuer.equals(settings.issuer()) && !settings.idTokens().anyIssuer()) {
            // Someone else's document must not tell us where to send our secret. Discovery 4.3
            throw new ParseException(
                    "it names the issuer " + issuer + " where oidc-issuer-url is " + settings.issuer());
        }
        requireEndpoints(metadata);
        requireSafeEndpoints(metadata);
        return metadata;
    }

    /** RS256 where nobody names any: every provider must offer it. Discovery 3 */
    private List<JWSAlgorithm> algorithms(OIDCProviderMetadata metadata) throws ParseException {
        List<JWSAlgorithm> allowed = settings.idTokens().algorithms();
        List<JWSAlgorithm> offered = Optional.ofNullable(metadata.getIDTokenJWSAlgs())
                .filter(named -> !named.isEmpty())
                .orElse(allowed.isEmpty() ? List.of(JWSAlgorithm.RS256) : allowed);
        List<JWSAlgorithm> common = IdTokenChecks.trustworthy(offered).stream()
                .filter(algorithm -> allowed.isEmpty() || allowed.contains(algorithm))
                .toList();
        if (common.isEmpty()) {
            throw new ParseException(
                    allowed.isEmpty()
                            ? "it offers only " + offered
                                    + " for ID tokens, where whoever checks a signature can forge it"
                            : "it offers " + offered + " for ID tokens, of which oidc-enabled-signing-alg names none");
        }
        return common;
    }

    /** Where our secret and people's codes go must be as safe as the issuer itself. */
    private void requireSafeEndpoints(OIDCProviderMetadata metadata) throws ParseException {
        boolean secure = settings.issuer().startsWith("https:");
        for (URI endpoint : Arrays.asList(
                metadata.getAuthorizationEndpointURI(),
                metadata.getTokenEndpointURI(),
                metadata.getJWKSetURI(),
                metadata.getUserInfoEndpointURI(),
                metadata.getEndSessionEndpointURI())) {
            String scheme = endpoint == null ? "https" : String.valueOf(endpoint.getScheme());
            if (!scheme.equals("https") && (secure || !scheme.equals("http"))) {
                throw new ParseException(
                        "its endpoint " + endpoint + " is not " + (secure ? "https" : "http or https"));
            }
        }
    }

    private static void requireEndpoints(OIDCProviderMetadata metadata) throws ParseException {
        if (metadata.getAuthorizationEndpointURI() == null
                || metadata.getTokenEndpointURI() == null
                || metadata.getJWKSetURI() == null) {
            throw new ParseException("it lacks authorization_endpoint, token_endpoint or jwks_uri");
        }
    }

    private URI discovery() {
        String issuer = settings.issuer();
        return URI.create((issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + WELL_KNOWN);
    }
}
