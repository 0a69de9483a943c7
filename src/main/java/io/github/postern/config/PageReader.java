package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** Fills {@link PageSettings}. */
final class PageReader {
    private static final String NOTHING = "-";
    private static final int MOST_DOMAINS = 5;
    private static final int LONGEST = 1000;

    // what the pages' Content-Security-Policy keeps from working
    private static final Pattern INERT =
            Pattern.compile("(?i)<(?:script|style|iframe|object|embed|link)\\b|\\s(?:style|on[a-z]+)\\s*=|javascript:"
                    + "|\\ssrc\\s*=\\s*[\"']?(?:https?:|//|data:)");

    private final Values values;
    private final Findings findings;

    PageReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    PageSettings read() {
        boolean showCause = values.isOn(SHOW_DEBUG_ON_ERROR);
        if (showCause) {
            findings.weak(
                    "show-debug-on-error=true: strangers read on a page why a sign-in failed, names of this network"
                            + " included; remove it once the cause is found.");
        }
        return new PageSettings(logo(), banner(), html(FOOTER), showCause);
    }

    private String banner() {
        return values.textIfAny(BANNER).isPresent() ? html(BANNER) : domains();
    }

    private String html(Option option) {
        String html = values.text(option);
        if (INERT.matcher(html).find()) {
            findings.note(
                    option.flag() + ": scripts, styles, frames and pictures of other hosts do not work on our pages"
                            + " (Content-Security-Policy); plain HTML does.");
        }
        if (html.length() > LONGEST) {
            findings.note(
                    option.flag() + " is long: a proxy that reads answers into a buffer of 4 KB may cut the pages.");
        }
        return html.equals(NOTHING) ? "" : html;
    }

    /** Which addresses may sign in, as oauth2-proxy tells it where no banner is set. */
    private String domains() {
        List<String> domains = values.list(EMAIL_DOMAIN).stream()
                .map(domain -> domain.replaceFirst("^\\*?\\.", ""))
                .filter(HostName::isDomain)
                .toList();
        boolean all = values.list(EMAIL_DOMAIN).contains("*")
                || values.textIfAny(AUTHENTICATED_EMAILS_FILE).isPresent();
        return all || domains.isEmpty() || domains.size() > MOST_DOMAINS
                ? ""
                : "For e-mail addresses at " + String.join(", ", domains) + ".";
    }

    private Logo logo() {
        String where = values.text(CUSTOM_SIGN_IN_LOGO);
        if (where.isEmpty()) {
            return Logo.OURS;
        }
        if (where.equals(NOTHING)) {
            return Logo.NONE;
        }
        return where.contains("://") ? link(where) : file(where);
    }

    private Logo file(String name) {
        var logo = new Logo(Logo.Kind.FILE, name);
        if (logo.mediaType().isEmpty()) {
            findings.mistake(
                    CUSTOM_SIGN_IN_LOGO,
                    Quoted.of(name) + " is no picture we can show; name a .svg, .png, .jpg or .jpeg file, an https"
                            + " address, or - for none");
        } else {
            SmallFile.read(CUSTOM_SIGN_IN_LOGO, name, findings);
        }
        return logo;
    }

    private Logo link(String address) {
        try {
            var link = new URI(address);
            if ("https".equals(link.getScheme()) && link.getHost() != null && link.getRawUserInfo() == null) {
                return new Logo(Logo.Kind.LINK, address);
            }
        } catch (URISyntaxException e) {
            // told below
        }
        findings.mistake(
                CUSTOM_SIGN_IN_LOGO,
                Quoted.address(address)
                        + " is refused; write an https address such as https://cdn.akko.local/logo.png, or a"
                        + " file's name");
        return Logo.NONE;
    }
}
