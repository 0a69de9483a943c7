/** The request the user made, as told by a proxy we trust. Knows nothing of sessions or of OpenID Connect. */
@NullMarked
package io.github.postern.forwarded;

import org.jspecify.annotations.NullMarked;
