/** What we sign for apps, and the keys they check it with. Knows nothing of callers, requests or cookies. */
@NullMarked
package io.github.postern.signing;

import org.jspecify.annotations.NullMarked;
