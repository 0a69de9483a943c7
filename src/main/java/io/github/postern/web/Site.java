package io.github.postern.web;

import io.github.postern.config.Settings;

/**
 * What every page knows.
 *
 * @param prefix where our endpoints lie on every host, without a slash at the end
 * @param provider the identity provider's name as people read it
 */
public record Site(String prefix, String provider) {
    static Site of(Settings settings) {
        return new Site(settings.endpoints().prefix(), settings.provider().displayName());
    }
}
