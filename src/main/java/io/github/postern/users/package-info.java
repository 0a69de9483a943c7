/** People with a password of ours: is it theirs, and how often may one guess. Knows nothing of HTTP, sessions or the provider. */
@NullMarked
package io.github.postern.users;

import org.jspecify.annotations.NullMarked;
