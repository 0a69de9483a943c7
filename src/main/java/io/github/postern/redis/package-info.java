/** Redis behind a few commands that end in time whatever happens to it. Knows nothing of sessions or requests. */
@NullMarked
package io.github.postern.redis;

import org.jspecify.annotations.NullMarked;
