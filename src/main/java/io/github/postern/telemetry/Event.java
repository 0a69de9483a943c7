package io.github.postern.telemetry;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;

/** Something that happened, in words that are the same in every format: its name, and facts by their names, in order. */
public final class Event {
    private final String name;
    private final Level level;
    private final Status status;
    private final List<Fact> facts = new ArrayList<>(6);
    private String username = "";

    /**
     * Something known of it.
     *
     * @param text printable
     * @param isNumber whether the text is a number
     */
    record Fact(String name, String text, boolean isNumber) {}

    private Event(String name, Level level, Status status) {
        this.name = name;
        this.level = level;
        this.status = status;
    }

    static Event of(String name, Level level, Status status) {
        return new Event(name, level, status);
    }

    /** @param text what strangers send is cleaned; nothing is left out */
    Event with(String fact, String text) {
        if (!text.isEmpty()) {
            facts.add(new Fact(fact, Printable.of(text), false));
        }
        return this;
    }

    Event with(String fact, long number) {
        facts.add(new Fact(fact, Long.toString(number), true));
        return this;
    }

    /** @param user whom it is about, where that is not whoever is signed in */
    Event about(String user) {
        username = user;
        return this;
    }

    /** What happened, such as {@code signed-in}. */
    public String name() {
        return name;
    }

    /** What a fact of this name says; empty when nothing is known of it. */
    public String fact(String named) {
        for (Fact fact : facts) {
            if (fact.name().equals(named)) {
                return fact.text();
            }
        }
        return "";
    }

    Level level() {
        return level;
    }

    Status status() {
        return status;
    }

    String username() {
        return username;
    }

    List<Fact> facts() {
        return facts;
    }

    /** The name, and the facts as {@code name=value}; values that hold a blank stand between quotation marks. */
    String text() {
        var text = new StringBuilder(128).append(name);
        for (Fact fact : facts) {
            append(text, fact.name(), fact.text());
        }
        return text.toString();
    }

    static void append(StringBuilder text, String name, String value) {
        boolean plain = value.indexOf(' ') < 0 && value.indexOf('"') < 0 && value.indexOf('=') < 0;
        text.append(' ').append(name).append('=').append(plain ? value : Printable.quoted(value));
    }
}
