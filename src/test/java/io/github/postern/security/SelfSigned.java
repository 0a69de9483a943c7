package io.github.postern.security;

import io.github.postern.testbed.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

/** A server on https://localhost whose certificate nobody vouches for; it counts who comes and who dares to speak. */
final class SelfSigned implements AutoCloseable {
    private final SSLServerSocket socket;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    SelfSigned() throws IOException {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "tomcats")), "certificate-");
        socket = (SSLServerSocket) Certificate.create("localhost", folder)
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        var thread = new Thread(this::serve, "self-signed");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How often somebody came. */
    int handshakes() {
        return handshakes.get();
    }

    /** How often somebody said anything after seeing the certificate. */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var visitor = socket.accept()) {
                handshakes.incrementAndGet();
                if (visitor.getInputStream().read() >= 0) {
                    requests.incrementAndGet();
                }
            } catch (IOException e) {
                // the visitor did not like the certificate, or we are closed
            }
        }
    }
}
