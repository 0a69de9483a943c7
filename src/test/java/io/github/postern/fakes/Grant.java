package io.github.postern.fakes;

import java.time.Instant;

/**
 * One sign-in at the provider, from the authorization request on.
 *
 * @param user who signed in
 * @param nonce of the authorization request, or empty
 * @param challenge the PKCE challenge, or empty
 * @param redirectUri where the code went
 * @param sid the provider's session
 * @param authenticated when the person signed in
 */
record Grant(FakeUser user, String nonce, String challenge, String redirectUri, String sid, Instant authenticated) {}
