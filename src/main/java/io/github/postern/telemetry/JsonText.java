package io.github.postern.telemetry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** A JSON object of texts and numbers, field by field. For one so small, Jackson's generator takes a third more time. */
final class JsonText {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final StringBuilder json = new StringBuilder(512).append('{');

    /** @param number in JSON's own spelling */
    JsonText number(String name, String number) {
        name(name).append(number);
        return this;
    }

    /** @param text as it shall be read; whatever JSON forbids between quotation marks is escaped */
    JsonText text(String name, String text) {
        name(name).append('"');
        if (isPlain(text)) {
            json.append(text);
        } else {
            ENCODER.quoteAsString(text, json);
        }
        json.append('"');
        return this;
    }

    /** @param text what strangers send; where it is empty, there is no such field */
    JsonText told(String name, String text) {
        return text.isEmpty() ? this : text(name, Printable.of(text));
    }

    /** The whole object. */
    String line() {
        return json.append('}').toString();
    }

    private StringBuilder name(String name) {
        return (json.length() > 1 ? json.append(",\"") : json.append('"'))
                .append(name)
                .append("\":");
    }

    private static boolean isPlain(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character < ' ' || character == '"' || character == '\\') {
                return false;
            }
        }
        return true;
    }
}
