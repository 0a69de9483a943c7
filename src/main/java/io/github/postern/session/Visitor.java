package io.github.postern.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;

/**
 * The browser that signed in.
 *
 * @param device its {@code User-Agent}, cut to a bounded length; may be empty
 * @param address the client's address; may be empty
 */
record Visitor(String device, String address) {
    static final Visitor UNKNOWN = new Visitor("", "");

    private static final int LONGEST_DEVICE = 200;
    private static final int LONGEST_ADDRESS = 60;

    static Visitor of(HttpServletRequest request, Function<HttpServletRequest, Optional<String>> address) {
        String device = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        return new Visitor(
                cut(device, LONGEST_DEVICE), cut(address.apply(request).orElse(""), LONGEST_ADDRESS));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
