package io.github.postern.telemetry;

/** Our own line of text; Logback puts time and level before it. */
public final class TextLine implements EventLine {
    @Override
    public String of(Question question, Event event) {
        var line = new StringBuilder(256).append(event.text());
        append(line, "client", event.fact("client").isEmpty() ? question.client() : "");
        append(line, "user", question.user(event));
        append(line, "method", question.method());
        append(line, "host", question.host());
        append(line, "path", question.path());
        // an id that nobody else knows would only lengthen the line
        append(line, "request-id", question.named() ? question.id() : "");
        append(line, "trace-id", question.traceId());
        return line.toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            Event.append(line, name, Printable.of(value));
        }
    }
}
