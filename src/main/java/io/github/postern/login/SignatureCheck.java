package io.github.postern.login;

import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.JOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

/** Whether the provider signed a token; what the token says is for others to judge. */
final class SignatureCheck {
    private final Signing signing;
    private final JWSVerificationKeySelector<SecurityContext> keys;
    private final JOSEObjectTypeVerifier<SecurityContext> types;

    private SignatureCheck(Signing signing, JOSEObjectTypeVerifier<SecurityContext> types) {
        this.signing = signing;
        this.keys = new JWSVerificationKeySelector<>(signing.algorithms(), signing.keys());
        this.types = types;
    }

    /** For tokens that call themselves JWT, or nothing. */
    static SignatureCheck ofPlain(Signing signing) {
        return new SignatureCheck(signing, new DefaultJWTProcessor<SecurityContext>().getJWSTypeVerifier());
    }

    /** For tokens whatever they call themselves. */
    static SignatureCheck ofAny(Signing signing) {
        return new SignatureCheck(signing, (type, context) -> {});
    }

    /**
     * The claims of a token that the provider signed.
     *
     * @throws BadJOSEException when nobody we trust signed it
     * @throws KeySourceException when that cannot be told now
     */
    JWTClaimsSet verify(JWT token) throws BadJOSEException, JOSEException {
        try {
            return processor().process(token, null);
        } catch (BadJWSException e) {
            if (!namesNoKey(token.getHeader()) || !canLookAgain(e)) {
                throw e;
            }
            return processor().process(token, null);
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor() {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(types);
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        return processor;
    }

    /** Then a new key of the provider's looks like a forgery by none of the old ones. */
    private static boolean namesNoKey(Header header) {
        return header instanceof JWSHeader signed && signed.getKeyID() == null;
    }

    private boolean canLookAgain(BadJWSException complaint) throws KeySourceException {
        try {
            return ProviderKeys.lookAgain(signing.keys());
        } catch (RateLimitReachedException e) {
            complaint.addSuppressed(e);
            return false;
        }
    }
}
