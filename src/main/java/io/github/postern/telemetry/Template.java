package io.github.postern.telemetry;

import io.github.postern.config.LineFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** A {@link LineFormat} at work. A field between quotation marks is escaped, so that a format that looks like JSON is JSON. */
final class Template {
    private final List<String> texts;
    private final List<String> fields;

    Template(LineFormat format) {
        this.texts = format.texts();
        this.fields = format.fields();
    }

    /**
     * The line.
     *
     * @param value what a field of this name holds, printable; {@code -} stands for nothing
     */
    String filled(UnaryOperator<String> value) {
        var line = new StringBuilder(256).append(texts.get(0));
        for (int index = 0; index < fields.size(); index++) {
            String held = value.apply(fields.get(index));
            String shown = held.isEmpty() ? "-" : held;
            line.append(isQuoted(index) ? Printable.escaped(shown) : shown).append(texts.get(index + 1));
        }
        return line.toString();
    }

    private boolean isQuoted(int field) {
        return texts.get(field).endsWith("\"") && texts.get(field + 1).startsWith("\"");
    }
}
