package io.github.postern.login;

/**
 * What names sessions to pac4j's {@code SessionLogoutHandler}.
 *
 * @param text {@code sid:} and the provider's session, or {@code sub:} and the user
 */
record SessionKey(String text) {
    static SessionKey sid(String sid) {
        return new SessionKey("sid:" + sid);
    }

    static SessionKey sub(String sub) {
        return new SessionKey("sub:" + sub);
    }
}
