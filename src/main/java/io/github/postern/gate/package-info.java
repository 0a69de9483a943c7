/** Who is asking, and may they pass: the Jakarta Security mechanism and the rules. Knows sessions only as pac4j's {@code SessionStore}. */
@NullMarked
package io.github.postern.gate;

import org.jspecify.annotations.NullMarked;
