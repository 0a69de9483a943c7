package io.github.postern.web;

import io.github.postern.config.Settings;

/**
 * What every page knows.
 *
 * @param prefix where our endpoints lie on every host, without a slash at the end
 * @param base where they lie for forms and links: on the host of {@code redirect-url}, which certainly leads to us, if there is one
 * @param provider the identity provider's name as people read it
 * @param passwordForm whether the sign-in page asks for name and password
 */
public record Site(String prefix, String base, String provider, boolean passwordForm) {
    static Site of(Settings settings) {
        String prefix = settings.endpoints().prefix();
        String base = settings.provider()
                .redirectUrl()
                .map(url -> url.resolve(prefix).toString())
                .orElse(prefix);
        return new Site(
                prefix,
                base,
                settings.provider().displayName(),
                settings.users().form());
    }
}
