package io.github.postern.security;

import io.github.postern.fakes.Request;

/** The requests a proxy makes of Postern. */
final class Ask {
    private Ask() {}

    /** The auth call for a program's GET of {@code https://mlflow.akko.local} + path. */
    static Request program(String path) {
        return Request.get("/oauth2/auth")
                .with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "mlflow.akko.local")
                .with("X-Forwarded-Uri", path)
                .with("Accept", "application/json");
    }

    /** The auth call for a page navigation to {@code https://mlflow.akko.local} + path. */
    static Request navigation(String path) {
        return navigation("mlflow.akko.local", path);
    }

    static Request navigation(String host, String path) {
        return Request.get("/oauth2/auth")
                .with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", host)
                .with("X-Forwarded-Uri", path)
                .with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .with("Sec-Fetch-Mode", "navigate")
                .with("Sec-Fetch-Dest", "document");
    }

    /** A request to Postern's own pages as it comes through the proxy. */
    static Request page(String method, String target) {
        return Request.of(method, target)
                .with("Host", "akko.local")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "akko.local")
                .with("Accept", "text/html");
    }
}
