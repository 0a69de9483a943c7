/** What is recorded: one line per decision. Knows nothing of what it records. */
@NullMarked
package io.github.postern.telemetry;

import org.jspecify.annotations.NullMarked;
