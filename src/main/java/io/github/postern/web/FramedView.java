package io.github.postern.web;

/**
 * A page inside a frame that needs a sign-in.
 *
 * @param signInUrl where the login starts, checked by the caller
 */
public record FramedView(String signInUrl) {}
