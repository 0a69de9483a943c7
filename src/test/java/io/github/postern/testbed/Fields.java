package io.github.postern.testbed;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The header fields of one HTTP message, in the order and spelling in which they were sent. */
public record Fields(List<Field> all) {
    /** One header line. */
    public record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    public static final Fields NONE = new Fields(List.of());

    public Fields {
        all = List.copyOf(all);
    }

    /** Fields from names and values in turn. */
    public static Fields of(String... namesAndValues) {
        var fields = NONE;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields = fields.and(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    /** The first value under this name, in any spelling of case. */
    public Optional<String> first(String name) {
        return values(name).stream().findFirst();
    }

    /** Every value under this name, one per line that was sent. */
    public List<String> values(String name) {
        return all.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }

    /** Whether a line of this name holds this word, in any case, as {@code Connection: Upgrade, close} does. */
    public boolean says(String name, String word) {
        return values(name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .anyMatch(part -> part.strip().equalsIgnoreCase(word));
    }

    /** These and one more line. */
    public Fields and(String name, String value) {
        return new Fields(
                Stream.concat(all.stream(), Stream.of(new Field(name, value))).toList());
    }

    /** These and all lines of the others. */
    public Fields and(Fields others) {
        return new Fields(Stream.concat(all.stream(), others.all.stream()).toList());
    }

    /** These with exactly one line of this name. */
    public Fields with(String name, String value) {
        return without(name).and(name, value);
    }

    /** These with one line for each name the others have, instead of the lines of that name here. */
    public Fields with(Fields others) {
        return without(field -> others.all.stream().anyMatch(other -> field.is(other.name)))
                .and(others);
    }

    /** These less every line of the names. */
    public Fields without(String... names) {
        return without(field -> Stream.of(names).anyMatch(field::is));
    }

    private Fields without(Predicate<Field> dropped) {
        return new Fields(all.stream().filter(dropped.negate()).toList());
    }
}
