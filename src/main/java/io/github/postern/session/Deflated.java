package io.github.postern.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Makes large sessions small: one byte that says whether the rest is deflated (RFC 1950). Small ones stay as they are. */
final class Deflated {
    private static final int WORTH_BYTES = 2700;
    private static final int MOST_BYTES = 512 * 1024;
    private static final byte RAW = 0;
    private static final byte DEFLATED = 1;

    private Deflated() {}

    static byte[] pack(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length + 1);
        boolean deflate = bytes.length > WORTH_BYTES;
        out.write(deflate ? DEFLATED : RAW);
        if (!deflate) {
            out.writeBytes(bytes);
            return out.toByteArray();
        }
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Optional<byte[]> unpack(byte[] packed) {
        if (packed.length == 0) {
            return Optional.empty();
        }
        byte[] rest = Arrays.copyOfRange(packed, 1, packed.length);
        return packed[0] == RAW ? Optional.of(rest) : inflate(rest);
    }

    private static Optional<byte[]> inflate(byte[] deflated) {
        try (var inflater = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return Optional.of(inflater.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
