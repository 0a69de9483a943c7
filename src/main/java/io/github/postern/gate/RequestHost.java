package io.github.postern.gate;

import io.github.postern.forwarded.ForwardedRequest;

/** The host of a user's request as rules compare it. */
final class RequestHost {
    private RequestHost() {}

    /** In lower case, without port and without the dot that may end a name; empty when it is not known for certain. */
    static String of(ForwardedRequest asked) {
        if (!asked.certain() || asked.host().isEmpty()) {
            return "";
        }
        String host = asked.host().get();
        int colon = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        int end = colon > 0 ? colon : host.length();
        end -= end > 0 && host.charAt(end - 1) == '.' ? 1 : 0;
        return end == host.length() ? host : host.substring(0, end);
    }
}
