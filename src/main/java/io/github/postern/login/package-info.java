/** The round trip to the identity provider, on pac4j. Knows sessions only as pac4j's {@code SessionStore}. */
@NullMarked
package io.github.postern.login;

import org.jspecify.annotations.NullMarked;
