package io.github.postern.web;

import io.github.postern.config.Logo;
import io.github.postern.config.PageSettings;
import io.github.postern.config.Settings;

/**
 * What the operator put on our pages.
 *
 * @param logo the picture's address; empty for none
 * @param own whether the picture is the operator's, and so of any shape
 * @param banner HTML above the sign-in button; empty for none
 * @param footer HTML at the foot of each page; empty for none
 */
public record Look(String logo, boolean own, String banner, String footer) {
    /** Where a logo from a file lies among our assets. */
    static final String OWN_LOGO = "/logo";

    static Look of(Settings settings) {
        return of(settings.pages(), settings.endpoints().prefix() + "/assets");
    }

    static Look of(PageSettings pages, String assets) {
        Logo logo = pages.logo();
        String address = switch (logo.kind()) {
            case OURS -> assets + "/postern.svg";
            case NONE -> "";
            case FILE -> assets + OWN_LOGO;
            case LINK -> logo.where();
        };
        return new Look(address, logo.kind() != Logo.Kind.OURS, pages.banner(), pages.footer());
    }
}
