package io.github.postern.telemetry;

/** What an event looks like in the log. */
public interface EventLine {
    /** One line, without its end. */
    String of(Question question, Event event);
}
