package io.github.postern.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Prometheus' answer in JSON to a question. */
record Asked(JsonNode answer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Asked of(String json) {
        try {
            return new Asked(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    /** What is wrong with the question; empty when nothing is. */
    String complaint() {
        return answer.path("status").asText().equals("success")
                ? ""
                : answer.path("error").asText(answer.toString());
    }

    JsonNode data() {
        return answer.path("data");
    }

    /** The latest value of each series that has a number. */
    List<Double> numbers() {
        return series().stream()
                .map(one -> Double.valueOf(one.at("/value/1").asText()))
                .filter(Double::isFinite)
                .toList();
    }

    /** Whether a series has all of these labels. */
    boolean has(Collection<String> labels) {
        return series().stream().anyMatch(one -> labels(one).containsAll(labels));
    }

    private static Set<String> labels(JsonNode series) {
        var names = new TreeSet<String>();
        series.path("metric").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private List<JsonNode> series() {
        return StreamSupport.stream(data().path("result").spliterator(), false).toList();
    }
}
