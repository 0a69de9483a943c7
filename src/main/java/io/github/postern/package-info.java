/** Puts the parts of Postern together: the composition root. Sees everything, is seen by nothing. */
@NullMarked
package io.github.postern;

import org.jspecify.annotations.NullMarked;
