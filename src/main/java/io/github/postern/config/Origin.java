package io.github.postern.config;

/** Where a value was given, the strongest first. */
enum Origin {
    FLAG("the command line"),
    ENVIRONMENT("the environment"),
    FILE("the file");

    private final String words;

    Origin(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
