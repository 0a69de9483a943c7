package io.github.postern.web;

/**
 * The session is over.
 *
 * @param target where the sign-in button leads after a login
 * @param everywhere whether the provider's own session ended too; if not, the page says so
 */
public record SignedOutView(Target target, boolean everywhere) {}
