package io.github.postern.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Meters of one name, one for each value of a label. Each is made once and found without a search through all meters; when there are
 * many, no further ones are made: what would need one counts as {@link #OTHER}.
 */
final class Family<M> {
    static final String OTHER = "other";

    private final Map<String, M> meters = new ConcurrentHashMap<>();
    private final Function<String, M> make;
    private final int most;

    /**
     * @param most after how many values no further ones are told apart
     * @param make the meter of a value
     */
    Family(int most, Function<String, M> make) {
        this.make = make;
        this.most = most;
    }

    M of(String value) {
        M known = meters.get(value);
        return known == null ? meters.computeIfAbsent(meters.size() < most ? value : OTHER, make) : known;
    }
}
