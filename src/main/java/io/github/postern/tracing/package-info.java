/** What a trace tells of us: a span for each request, and one for each call it makes. Alone in knowing OpenTelemetry. */
@NullMarked
package io.github.postern.tracing;

import org.jspecify.annotations.NullMarked;
