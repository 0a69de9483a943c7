package io.github.postern.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;

/** An answer that knows how long its body is. */
final class CountedResponse extends HttpServletResponseWrapper {
    private Optional<CountedStream> stream = Optional.empty();
    private Optional<CountedWriter> writer = Optional.empty();

    CountedResponse(HttpServletResponse response) {
        super(response);
    }

    /** How many bytes of body were written so far. */
    long bytes() {
        return stream.map(counted -> counted.bytes).orElse(0L)
                + writer.map(counted -> counted.bytes).orElse(0L);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream.isEmpty()) {
            stream = Optional.of(new CountedStream(super.getOutputStream()));
        }
        return stream.get();
    }

    // The container's own writer underneath: after a forward to a page the container takes only what it has itself.
    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer.isEmpty()) {
            writer = Optional.of(new CountedWriter(super.getWriter()));
        }
        return new PrintWriter(writer.get());
    }

    @Override
    public void reset() {
        super.reset();
        forget();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        forget();
    }

    private void forget() {
        stream = Optional.empty();
        writer = Optional.empty();
    }

    /** The body on its way out. */
    private static final class CountedStream extends ServletOutputStream {
        private final ServletOutputStream out;
        private long bytes;

        CountedStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            bytes++;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }

    /** The text of a page on its way out; all of ours are in UTF-8. */
    private static final class CountedWriter extends Writer {
        private final Writer out;
        private long bytes;

        CountedWriter(Writer out) {
            this.out = out;
        }

        @Override
        public void write(char[] letters, int offset, int length) throws IOException {
            out.write(letters, offset, length);
            for (int index = offset; index < offset + length; index++) {
                bytes += octets(letters[index]);
            }
        }

        /** A pair of surrogates is four octets. */
        private static int octets(char letter) {
            if (letter < 0x80) {
                return 1;
            }
            return letter < 0x800 || Character.isSurrogate(letter) ? 2 : 3;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
