package io.github.postern.web;

/**
 * A page inside a frame that needs a sign-in.
 *
 * @param target where to go after the login; a long address is cut to the start page of its host
 */
public record FramedView(Target target) {
    public FramedView {
        target = target.shortened();
    }
}
