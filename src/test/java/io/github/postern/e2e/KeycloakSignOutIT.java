package io.github.postern.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.testbed.Browser;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom an administrator signs out in Keycloak is signed out of every app (docs/sign-out.md). */
@Alone("one Keycloak and one gateway serve all classes that need them")
@ExtendWith(SharedTestBed.class)
final class KeycloakSignOutIT {
    private static final String ADDRESS = "backchannel.logout.url";

    @Test
    void anAdministratorSignsAUserOutOfEveryAppInEveryBrowser(TestBed bed) {
        var admin = new KeycloakAdmin(bed.keycloak());
        admin.client(ADDRESS, bed.postern("/oauth2/backchannel-logout").toString());
        try {
            var browsers = List.of(signIn(bed, "bob"), signIn(bed, "bob"));
            var bystander = signIn(bed, "alice");
            admin.signOut("bob"); // Keycloak tells us before it answers
            for (var browser : browsers) {
                for (var app : Site.APPS) {
                    assertThat(status(bed, browser, app)).as(app).isEqualTo(401);
                }
                assertThat(browser.open(bed.site().at("portal", "/")).form())
                        .as("Keycloak asks for the password again")
                        .isPresent();
            }
            assertThat(status(bed, bystander, "console")).isEqualTo(200);
        } finally {
            admin.client(ADDRESS, "");
        }
    }

    private static Browser signIn(TestBed bed, String user) {
        var browser = bed.browser();
        var login = browser.open(bed.site().at("portal", "/"));
        browser.submit(login, Map.of("username", user, "password", user + "-pw"));
        for (var app : Site.APPS) {
            assertThat(status(bed, browser, app)).as(app).isEqualTo(200);
        }
        return browser;
    }

    private static int status(TestBed bed, Browser browser, String app) {
        return browser.fetch(bed.site().at(app, "/")).status();
    }
}
