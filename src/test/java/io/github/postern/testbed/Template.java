package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A text among the test bed's resources with {@code ${names}} to fill in. */
record Template(String text) {
    private static final Pattern OPEN = Pattern.compile("\\$\\{[A-Za-z]+}");

    static Template named(String resource) {
        try (var in = Template.class.getResourceAsStream("/testbed/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource testbed/" + resource);
            }
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Template with(String name, Object value) {
        return new Template(text.replace("${" + name + "}", value.toString()));
    }

    /**
     * The text with nothing left to fill in.
     *
     * @throws IllegalStateException naming what is left
     */
    String filled() {
        var left = OPEN.matcher(text);
        if (left.find()) {
            throw new IllegalStateException(left.group() + " was not filled in");
        }
        return text;
    }
}
