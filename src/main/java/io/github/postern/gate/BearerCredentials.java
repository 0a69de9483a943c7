package io.github.postern.gate;

import io.github.postern.config.BearerSettings;
import io.github.postern.login.BearerTokens;
import io.github.postern.login.TokenVerdict;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Optional;

/** A JWT in the {@code Authorization} header: as bearer token, or in place of a user or password where a program knows nothing else. */
public final class BearerCredentials implements Credentials {
    /** The request attribute that says a token was accepted: a program is waiting for the answer. */
    public static final String ACCEPTED = BearerCredentials.class.getName() + ".accepted";

    private static final String SCHEME = "Bearer";
    private final BearerTokens tokens;
    private final BearerChallenge challenge;
    private final boolean isFinal;

    /**
     * @param tokens the judge
     * @param challenge how a refusal is told
     * @param settings whether a session beside a bad token counts
     */
    public BearerCredentials(BearerTokens tokens, BearerChallenge challenge, BearerSettings settings) {
        this.tokens = tokens;
        this.challenge = challenge;
        this.isFinal = !settings.loginFallback();
    }

    @Override
    public Optional<Proof> read(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return Optional.empty();
        }
        if (header.startsWith(BasicToken.SCHEME)) {
            return BasicToken.in(header).map(token -> isAlone(request) ? judge(request, token) : ambiguous());
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(isAlone(request) ? bearer(request, header) : ambiguous());
    }

    private static boolean isAlone(HttpServletRequest request) {
        Enumeration<String> lines = request.getHeaders("Authorization");
        lines.nextElement();
        return !lines.hasMoreElements();
    }

    /** As oauth2-proxy reads it: the scheme spelled so, and one blank. */
    private Proof bearer(HttpServletRequest request, String header) {
        return header.startsWith(SCHEME + " ")
                ? judge(request, header.substring(SCHEME.length() + 1))
                : refused("write Bearer, one blank and the token");
    }

    private Proof judge(HttpServletRequest request, String token) {
        if (token.length() > BearerTokens.LONGEST) {
            return refused("the token is longer than 8 KB");
        }
        if (!JwtShape.fits(token)) {
            return refused("the token is no signed JWT");
        }
        TokenVerdict verdict = tokens.check(token);
        if (verdict instanceof TokenVerdict.Accepted accepted) {
            request.setAttribute(ACCEPTED, true);
            return new Proof.Valid(Callers.of(accepted.profile()));
        }
        return refused(((TokenVerdict.Refused) verdict).why());
    }

    /** Whoever stands between might believe the other one (RFC 9110, 5.3 and 11.6.2). */
    private Proof ambiguous() {
        String why = "there is more than one Authorization header";
        return new Proof.Invalid(challenge.of("invalid_request", why), why, isFinal);
    }

    private Proof refused(String why) {
        return new Proof.Invalid(challenge.of("invalid_token", why), why, isFinal);
    }
}
