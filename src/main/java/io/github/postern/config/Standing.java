package io.github.postern.config;

/** What becomes of an option when it is set, and what the operator is told about it. */
enum Standing {
    SUPPORTED(Effect.WORKS, "works"),

    NOT_PROXYING(Effect.NOTICE, "has no effect: Postern does not proxy"),
    NO_LOG_FILE(Effect.NOTICE, "has no effect: Postern logs to standard output and leaves files to the container"),
    NEVER_IDLE(Effect.NOTICE, "has no effect: the connection is never idle, since Postern asks Redis all the time"),
    NO_TLS_METRICS(Effect.NOTICE, "has no effect: metrics are served at metrics-address, without TLS"),
    NO_SEMICOLONS(Effect.NOTICE, "has no effect: a semicolon never separates query parameters here"),
    PLAIN_PROBES(Effect.NOTICE, "has no effect: point the health check at ping-path and ready-path"),
    PEERS_DECIDE(Effect.NOTICE, "has no effect: trusted-proxy-ip alone decides whose word about a request is believed"),
    STATE_OPAQUE(Effect.NOTICE, "has no effect: the state shows nothing of the address in any case"),
    PROMPT_DECIDES(Effect.NOTICE, "has no effect: OpenID Connect providers read prompt instead"),

    OTHER_PROVIDER(
            Effect.MISTAKE,
            "belongs to another provider; Postern speaks OpenID Connect only: remove it and set provider to"
                    + " keycloak-oidc or oidc"),
    OWN_PAGES(
            Effect.MISTAKE,
            "is refused: Postern's pages are no Go templates; use banner, footer, custom-sign-in-logo and"
                    + " provider-display-name instead"),
    OLD_KEYCLOAK(Effect.MISTAKE, "belongs to the old keycloak provider; name the groups in allowed-group instead"),
    NO_ALPHA(Effect.MISTAKE, "is refused: Postern reads no YAML; write the settings as flags, environment or TOML"),
    NO_SIGNED_UPSTREAM(Effect.MISTAKE, "signs requests to upstreams, which Postern does not send; remove it");

    /** What setting such an option leads to. */
    enum Effect {
        WORKS,
        NOTICE,
        MISTAKE
    }

    private final Effect effect;
    private final String sentence;

    Standing(Effect effect, String sentence) {
        this.effect = effect;
        this.sentence = sentence;
    }

    Effect effect() {
        return effect;
    }

    /** What follows the option's name in the line for the operator. */
    String sentence() {
        return sentence;
    }
}
