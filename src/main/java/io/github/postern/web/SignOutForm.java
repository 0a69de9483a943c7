package io.github.postern.web;

/**
 * What the sign-out form carries besides its button. That the form is ours is proved by {@code Sec-Fetch-Site} or {@code Origin}.
 *
 * @param target where to go after the sign-out
 */
public record SignOutForm(Target target) {}
