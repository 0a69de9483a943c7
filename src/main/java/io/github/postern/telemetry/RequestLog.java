package io.github.postern.telemetry;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request, with its answer. */
public final class RequestLog {
    static final String LOGGER = "io.github.postern.requests";
    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private final CurrentQuestion current;
    private final RequestLine line;
    private final InstantSource clock;
    private final Set<String> silent;

    /**
     * @param current which request is answered
     * @param line what it looks like
     * @param clock what time it is
     * @param silent paths of users' requests that get no line
     */
    public RequestLog(CurrentQuestion current, RequestLine line, InstantSource clock, List<String> silent) {
        this.current = current;
        this.line = line;
        this.clock = clock;
        this.silent = Set.copyOf(silent);
    }

    /** The request of this thread was answered. */
    public void answered(int status, long size) {
        Question question = current.question();
        if (!silent.contains(question.path())) {
            long nanos = current.nanosSinceBegin();
            var answer = new RequestLine.Answer(status, size, clock.instant().minusNanos(nanos), nanos);
            LOG.info(LineAppender.MAY_WAIT, line.of(question, answer));
        }
    }
}
