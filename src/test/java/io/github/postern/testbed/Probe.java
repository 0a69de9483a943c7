package io.github.postern.testbed;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** One quick look whether an address answers. */
final class Probe {
    private Probe() {}

    /** The status of a GET, or 0 when nobody answers within a second. */
    static int status(URI address) {
        return status(address, "testbed");
    }

    /** The status of a GET with this {@code User-Agent}, or 0 when nobody answers within a second. */
    static int status(URI address, String userAgent) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("User-Agent", userAgent);
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(1000);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return 0;
        }
    }
}
