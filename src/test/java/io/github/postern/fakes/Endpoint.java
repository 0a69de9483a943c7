package io.github.postern.fakes;

/** The provider's addresses, below the issuer. */
public enum Endpoint {
    DISCOVERY("/.well-known/openid-configuration"),
    KEYS("/protocol/openid-connect/certs"),
    AUTHORIZE("/protocol/openid-connect/auth"),
    TOKEN("/protocol/openid-connect/token"),
    USERINFO("/protocol/openid-connect/userinfo"),
    LOGOUT("/protocol/openid-connect/logout"),
    /** Any other address of the realm: nothing is there. */
    ELSEWHERE("");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }
}
