package io.github.postern.config;

/**
 * What the operator put on our pages. The HTML is the operator's own and is shown as it is.
 *
 * @param logo the picture
 * @param banner HTML above the sign-in button; empty for none
 * @param footer HTML at the foot of the pages; empty for none
 * @param showCause whether users read the cause of a failed sign-in ({@code show-debug-on-error})
 */
public record PageSettings(Logo logo, String banner, String footer, boolean showCause) {}
