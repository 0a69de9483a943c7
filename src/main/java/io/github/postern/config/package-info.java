/** What the operator asked for, checked once at start. Imports nothing of ours. */
@NullMarked
package io.github.postern.config;

import org.jspecify.annotations.NullMarked;
