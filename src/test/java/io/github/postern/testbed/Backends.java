package io.github.postern.testbed;

/** The loopback ports behind a gateway. */
public record Backends(int postern, int keycloak, Apps apps) {}
