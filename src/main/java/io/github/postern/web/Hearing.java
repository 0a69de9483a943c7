package io.github.postern.web;

import io.github.postern.config.LoggingSettings;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.gate.Caller;
import io.github.postern.telemetry.Question;
import io.github.postern.telemetry.TraceParent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one request tells the log, found out when a line is written. */
final class Hearing implements Supplier<Question> {
    private static final int LONGEST_ID = 128;

    private final HttpServletRequest request;
    private final Places places;
    private final Supplier<String> ownTrace;
    private String madeId = "";

    Hearing(HttpServletRequest request, Places places, Supplier<String> ownTrace) {
        this.request = request;
        this.places = places;
        this.ownTrace = ownTrace;
    }

    @Override
    public Question get() {
        ForwardedRequest asked = places.asked(request);
        Optional<String> id = sentId(request, places);
        return new Question(
                asked.client().orElse(asked.peer()),
                asked.host().orElseGet(() -> text(request.getServerName())),
                asked.method().orElse(request.getMethod()),
                path(asked),
                request.getProtocol(),
                userAgent(),
                request.getUserPrincipal() instanceof Caller caller ? name(caller) : "",
                id.orElseGet(this::madeId),
                id.isPresent(),
                traceId());
    }

    /** Empty where no line could say it: our own lines about decisions do not. */
    private String userAgent() {
        LoggingSettings logging = places.settings().logging();
        boolean told = logging.requests().on() || logging.decisions().format().isPresent();
        return told ? text(request.getHeader("User-Agent")) : "";
    }

    private String traceId() {
        String own = ownTrace.get();
        return own.isEmpty() ? sentTrace() : own;
    }

    /** Whoever may tell us of the user's request may name its trace; a stranger could write into somebody else's. */
    private String sentTrace() {
        return Optional.ofNullable(request.getHeader(TraceParent.HEADER))
                .filter(header -> places.isFromProxy(request))
                .flatMap(TraceParent::of)
                .map(TraceParent::traceId)
                .orElse("");
    }

    /** Our own pages are asked for by their own path, whatever a proxy tells besides. */
    private String path(ForwardedRequest asked) {
        boolean told = asked.certain() && places.checks().isCheck(request.getServletPath());
        String uri = told ? asked.uri() : request.getRequestURI();
        return ToldPath.of(uri);
    }

    private static String name(Caller caller) {
        return caller.email().isEmpty() ? caller.subject() : caller.email();
    }

    /** The id that a proxy we trust sent with the request, if it is one. */
    static Optional<String> sentId(HttpServletRequest request, Places places) {
        return places.settings()
                .logging()
                .requestIdHeader()
                .flatMap(header -> Optional.ofNullable(request.getHeader(header)))
                .filter(Hearing::isId)
                .filter(id -> places.isFromProxy(request));
    }

    private static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_ID
                && text.chars().allMatch(letter -> letter > ' ' && letter <= '~' && letter != '"' && letter != '\\');
    }

    /** The same for every line about this request; it need not be hard to guess. */
    private String madeId() {
        if (madeId.isEmpty()) {
            var random = ThreadLocalRandom.current();
            madeId = new UUID(random.nextLong(), random.nextLong()).toString();
        }
        return madeId;
    }

    private static String text(@Nullable String header) {
        return Optional.ofNullable(header).orElse("");
    }
}
