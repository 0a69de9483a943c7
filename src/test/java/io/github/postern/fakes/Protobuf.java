package io.github.postern.fakes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A message in the wire format of protocol buffers, as far as one can read it without its description.
 *
 * @param fields in order
 */
record Protobuf(List<Field> fields) {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    /** One value: a number or bytes. */
    record Field(int number, long value, byte[] bytes) {}

    static Protobuf read(byte[] message) {
        var in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        var fields = new ArrayList<Field>();
        while (in.hasRemaining()) {
            fields.add(field(in, varint(in)));
        }
        return new Protobuf(List.copyOf(fields));
    }

    private static Field field(ByteBuffer in, long tag) {
        int number = (int) (tag >>> 3);
        return switch ((int) tag & 7) {
            case VARINT -> new Field(number, varint(in), new byte[0]);
            case FIXED64 -> new Field(number, in.getLong(), new byte[0]);
            case FIXED32 -> new Field(number, in.getInt(), new byte[0]);
            case BYTES -> {
                var bytes = new byte[(int) varint(in)];
                in.get(bytes);
                yield new Field(number, 0, bytes);
            }
            default -> throw new IllegalArgumentException("no wire type: " + (tag & 7));
        };
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = in.get();
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    private List<Field> all(int number) {
        return fields.stream().filter(field -> field.number() == number).toList();
    }

    List<Protobuf> messages(int number) {
        return all(number).stream().map(field -> read(field.bytes())).toList();
    }

    long number(int number) {
        return all(number).stream().mapToLong(Field::value).findFirst().orElse(0);
    }

    String text(int number) {
        return all(number).stream()
                .map(field -> new String(field.bytes(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    String hex(int number) {
        return all(number).stream()
                .map(field -> HexFormat.of().formatHex(field.bytes()))
                .findFirst()
                .orElse("");
    }
}
