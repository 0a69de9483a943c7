package io.github.postern.telemetry;

import java.util.Optional;
import java.util.function.Supplier;

/** Which request this thread is answering. What is told of it is found out only when there is a line to write. */
public final class CurrentQuestion {
    @SuppressWarnings("ThreadLocalUsage") // one for each application, as the log itself is; nothing here is static
    private final ThreadLocal<Asked> current = new ThreadLocal<>();

    /** A request begins. */
    public void begin(Supplier<Question> question) {
        current.set(new Asked(question, System.nanoTime()));
    }

    /** It is answered. */
    public void end() {
        current.remove();
    }

    Question question() {
        return asked().map(asked -> asked.question().get()).orElse(Question.NONE);
    }

    long nanosSinceBegin() {
        return asked().map(asked -> System.nanoTime() - asked.began()).orElse(0L);
    }

    private Optional<Asked> asked() {
        return Optional.ofNullable(current.get());
    }

    private record Asked(Supplier<Question> question, long began) {}
}
