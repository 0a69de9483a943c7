package io.github.postern.config;

/** Where an option stands in the documentation. */
enum Section {
    START("Start-up"),
    OIDC("Identity provider"),
    FOREIGN("Other providers"),
    COOKIES("Cookies"),
    STORE("Session store"),
    HEADERS("Headers"),
    REQUESTS("Requests and who may pass"),
    SERVER("Probes, server, metrics"),
    LOGS("Logging"),
    PAGES("Pages"),
    PROXYING("Upstream");

    private final String title;

    Section(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
