package io.github.postern.web;

import io.github.postern.config.Logo;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Style, logo and script of the pages, and the operator's own logo, at {@code <proxy-prefix>/assets/*}: a closed list, so a path
 * can be right or unknown.
 */
public final class AssetServlet extends Endpoint {
    private static final Map<String, String> TYPES = Map.of(
            "postern.css", "text/css; charset=UTF-8",
            "postern.svg", "image/svg+xml",
            "fragment.js", "text/javascript; charset=UTF-8",
            "continue.js", "text/javascript; charset=UTF-8");

    // An SVG may style itself; scripts in it still do not run.
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final transient Map<String, Asset> assets;

    /**
     * @param logo the picture on the pages
     * @throws IOException if the application lacks one of its assets, or the logo cannot be read
     */
    public AssetServlet(ServletContext context, Logo logo) throws IOException {
        var read = new LinkedHashMap<String, Asset>();
        for (var type : TYPES.entrySet()) {
            read.put("/" + type.getKey(), Asset.read(context, type.getKey(), type.getValue()));
        }
        if (logo.kind() == Logo.Kind.FILE) {
            var bytes = Files.readAllBytes(Path.of(logo.where()));
            read.put(Look.OWN_LOGO, Asset.of(bytes, logo.mediaType().orElseThrow()));
        }
        assets = Map.copyOf(read);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var found = Optional.ofNullable(request.getPathInfo()).map(assets::get);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (found.isEmpty()) {
            response.setHeader("Cache-Control", "no-store");
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var asset = found.get();
        response.setHeader("Cache-Control", "public, max-age=600");
        response.setHeader("ETag", asset.tag);
        // contains: a proxy that compresses makes the tag weak (W/"…"), RFC 9110 8.8.3.3
        if (Optional.ofNullable(request.getHeader("If-None-Match"))
                .filter(tags -> tags.contains(asset.tag))
                .isPresent()) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setHeader("Content-Security-Policy", POLICY);
        response.setContentType(asset.type);
        response.setContentLength(asset.bytes.length);
        response.getOutputStream().write(asset.bytes);
    }

    /** One file, read once. */
    private static final class Asset {
        private final byte[] bytes;
        private final String type;
        private final String tag;

        Asset(byte[] bytes, String type, String tag) {
            this.bytes = bytes;
            this.type = type;
            this.tag = tag;
        }

        static Asset read(ServletContext context, String name, String type) throws IOException {
            try (var stream = context.getResourceAsStream("/WEB-INF/assets/" + name)) {
                if (stream == null) {
                    throw new FileNotFoundException("/WEB-INF/assets/" + name);
                }
                return of(stream.readAllBytes(), type);
            }
        }

        static Asset of(byte[] bytes, String type) {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Asset(bytes, type, "\"" + HexFormat.of().formatHex(digest, 0, 8) + "\"");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible); // every Java has SHA-256
            }
        }
    }
}
