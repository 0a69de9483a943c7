package io.github.postern.web;

/**
 * What the sign-out form carries besides its button.
 *
 * @param target where to go after the sign-out
 * @param csrf proof that the form is ours; empty where {@code Origin} and {@code Sec-Fetch-Site} prove it
 */
public record SignOutForm(Target target, String csrf) {}
