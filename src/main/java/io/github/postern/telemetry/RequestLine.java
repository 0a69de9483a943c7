package io.github.postern.telemetry;

import java.time.Instant;

/** What an answered request looks like in the log. */
public interface RequestLine {
    /** One line, without its end. */
    String of(Question question, Answer answer);

    /**
     * The answer to a request.
     *
     * @param status its code
     * @param bytes of its body
     * @param began when the request came
     * @param nanos how long it took
     */
    record Answer(int status, long bytes, Instant began, long nanos) {}
}
