package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Reply;
import java.util.Locale;

/** What every HTML page of ours has in common. */
final class Pages {
    private Pages() {}

    static void areSafe(Reply page) {
        assertThat(page.header("Content-Type").toLowerCase(Locale.ROOT).replace(" ", ""))
                .isEqualTo("text/html;charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .containsPattern("default-src '(none|self)'")
                .containsPattern("(object-src 'none'|default-src 'none')")
                .contains("base-uri 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe-inline")
                .doesNotContain("unsafe-eval");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isIn("no-referrer", "same-origin");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.all("ETag")).isEmpty();
        assertThat(page.text())
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContainPattern("(?i)<[^>]+\\son[a-z]+\\s*=")
                .doesNotContainPattern("(?i)<[^>]+\\sstyle\\s*=")
                .doesNotContainPattern("(?i)(href|src|action)\\s*=\\s*[\"']?\\s*(javascript|data|vbscript):");
    }
}
