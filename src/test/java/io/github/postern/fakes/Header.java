package io.github.postern.fakes;

/**
 * One header line; bytes above 0x7F are characters of ISO 8859-1, as they stand on the wire.
 *
 * @param name as sent
 * @param value without outer white space
 */
public record Header(String name, String value) {
    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
