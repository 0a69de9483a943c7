package io.github.postern.telemetry;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Serves {@code /metrics} at an address of its own, with Tomcat's HTTP and nothing of its servlets: the application's door is not in
 * front of it, so it answers this one question only. Slow and many clients cost it neither threads nor time without bound.
 */
public final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int THREADS = 4;
    private static final int CONNECTIONS = 512;
    private static final int MOST_HEADER_BYTES = 8192;
    /** The system takes a whole answer, so that nobody who does not read it holds up a thread. */
    private static final int ANSWER_BYTES = 1 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Http11NioProtocol http = new Http11NioProtocol();
    private final ScheduledThreadPoolExecutor upkeep = new ScheduledThreadPoolExecutor(1, task -> {
        var thread = new Thread(task, "postern-metrics");
        thread.setDaemon(true);
        return thread;
    });

    private MetricsServer(Supplier<String> text) {
        http.setAdapter(new Page(text));
        http.setUtilityExecutor(upkeep);
        http.setMaxThreads(THREADS);
        http.setMinSpareThreads(1);
        http.setMaxConnections(CONNECTIONS);
        http.setAcceptCount(CONNECTIONS);
        http.setMaxHttpHeaderSize(MOST_HEADER_BYTES);
        http.setMaxSwallowSize(MOST_HEADER_BYTES);
        http.setConnectionTimeout((int) PATIENCE.toMillis());
        http.setMaxKeepAliveRequests(1); // one answer for each connection
        http.setProperty("socket.txBufSize", Integer.toString(ANSWER_BYTES));
    }

    /**
     * Listens at once.
     *
     * @param text what is served
     * @throws IOException when it cannot: the port is in use, or the host is not ours
     */
    public static MetricsServer start(String host, int port, Supplier<String> text) throws IOException {
        var server = new MetricsServer(text);
        try {
            server.http.setAddress(InetAddress.getByName(host));
            server.http.setPort(port);
            server.http.init();
            server.http.start();
            return server;
        } catch (Exception e) {
            server.close();
            throw e instanceof IOException cause ? cause : new IOException(e);
        }
    }

    @Override
    public void close() {
        try {
            http.stop();
            http.destroy();
        } catch (Exception e) {
            // the process or the application ends; there is nothing to be done with it
        }
        upkeep.shutdownNow();
    }

    /** The one page. A body that comes along is not read. */
    private record Page(Supplier<String> text) implements Adapter {
        @Override
        public void service(Request request, Response response) throws IOException {
            String method = request.getMethod();
            if (!PATH.equals(request.requestURI().toString())) {
                response.setStatus(404);
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                response.setStatus(405);
                response.setHeader("Allow", "GET, HEAD");
            } else {
                write(response);
                return;
            }
            response.setContentLength(0);
        }

        private void write(Response response) throws IOException {
            byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
            response.setStatus(200);
            response.setHeader("Content-Type", TYPE);
            response.setContentLength(body.length);
            response.doWrite(ByteBuffer.wrap(body));
        }

        @Override
        public boolean prepare(Request request, Response response) {
            return true;
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent status) {
            return false;
        }

        @Override
        public void log(Request request, Response response, long time) {}

        @Override
        public void checkRecycled(Request request, Response response) {}

        /** None: the server is no matter of JMX. */
        @Override
        @SuppressWarnings("NullAway") // Tomcat takes it so
        public String getDomain() {
            return null;
        }
    }
}
