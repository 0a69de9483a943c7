package io.github.postern.forwarded;

/**
 * Tells by its path alone what a request to us is: a check, which is about somebody's request to an app, or a visit to an endpoint of
 * our own.
 *
 * @param prefix where our own endpoints lie, such as {@code /oauth2}
 */
public record CheckPaths(String prefix) {
    /** Whether this path is for checks; any other of ours is no app's, and any other at all may be one. */
    public boolean isCheck(String path) {
        return isAuthCall(path) || !(path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    /** Whether a proxy asks here, instead of passing on what it asks about. */
    public boolean isAuthCall(String path) {
        return path.equals(prefix + "/auth") || path.equals(prefix + ForwardedRequests.EXT_AUTHZ);
    }
}
