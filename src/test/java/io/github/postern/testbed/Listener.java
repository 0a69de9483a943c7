package io.github.postern.testbed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Accepts HTTP/1.1 connections and hands over one request after the other. */
final class Listener implements AutoCloseable {
    /** Answers a request. */
    interface Handler {
        /**
         * Writes the answer to the connection's output.
         *
         * @return whether the connection may carry another request
         */
        boolean serve(Message request, Connection connection) throws IOException;
    }

    /** A client's connection; {@code in} is the only stream to read from, as it may hold bytes already. */
    record Connection(Socket socket, InputStream in) {
        void write(Message message) throws IOException {
            message.write(socket.getOutputStream());
        }
    }

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int GOODBYE_MILLIS = 200;

    private final ServerSocket socket;
    private final Handler handler;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "listener");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Listener(ServerSocket socket, Handler handler) {
        this.socket = socket;
        this.handler = handler;
    }

    /** Listens on this socket until closed. */
    static Listener on(ServerSocket socket, Handler handler) {
        var listener = new Listener(socket, handler);
        listener.threads.execute(listener::accept);
        return listener;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Runs work beside the requests, ended with the listener. */
    void beside(Runnable work) {
        threads.execute(work);
    }

    /** Hands on what comes until one side hangs up, and then closes the other. */
    static void copyQuietly(InputStream from, Socket to) {
        try (var out = to.getOutputStream()) {
            from.transferTo(out);
        } catch (IOException e) {
            // one side hung up, and the other is closed with it
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                open.add(client);
                threads.execute(() -> talk(client));
            } catch (IOException e) {
                // closed, or one connection failed before it was made: the loop's condition tells
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            client.setSoTimeout(PATIENCE_MILLIS);
            client.setTcpNoDelay(true);
            var connection = new Connection(client, new BufferedInputStream(client.getInputStream()));
            var goesOn = true;
            while (goesOn) {
                var request = Message.readRequest(connection.in());
                goesOn = request.isPresent() && handler.serve(request.get(), connection);
            }
            // closing TLS waits for the other side's goodbye
            client.setSoTimeout(GOODBYE_MILLIS);
        } catch (IOException e) {
            // the client went away or speaks no HTTP: nobody to tell
        } finally {
            open.remove(client);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (var client : open) {
                client.setSoTimeout(GOODBYE_MILLIS);
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
