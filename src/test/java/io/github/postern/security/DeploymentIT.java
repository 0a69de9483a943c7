package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Request;
import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The WAR, deployed as it is built. Jakarta Security can fail to install itself without a word; then everybody would pass. Here nobody
 * does.
 */
@Alone("its server has a fixed port")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
final class DeploymentIT {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
                .importFrom(new File(System.getProperty("war")))
                .as(WebArchive.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/oauth2/auth", "/", "/anything", "/oauth2/userinfo", "/oauth2/auth/", "/oauth2/", "/index.jsp"})
    @DisplayName("FWD-13 nobody passes without a session")
    void nobodyPasses(String path) {
        assertThat(http().send(Request.get(path)).isSuccess()).isFalse();
        assertThat(http().send(Request.get(path).with("Cookie", "_akko_oauth2=x; JSESSIONID=y"))
                        .isSuccess())
                .isFalse();
    }

    @Test
    @DisplayName("LEK-06 the process says that it lives, and that it waits for its provider")
    void probes() {
        assertThat(http().send(Request.get("/ping")).status()).isEqualTo(200);
        assertThat(http().send(Request.get("/ready")).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/examples/", "/examples/index.html"})
    @DisplayName("another application beside ours, as Tomcat brings along, is not served")
    void nothingElse(String path) {
        assertThat(Path.of(System.getProperty("tomcat.home"), "webapps", "examples", "index.html"))
                .exists();
        var reply = http().send(Request.get(path));
        assertThat(reply.isSuccess()).isFalse();
        assertThat(reply.body()).doesNotContain("Tomcat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/META-INF/context.xml", "/WEB-INF/beans.xml"})
    @DisplayName("AUZ-25 what is inside the WAR stays there")
    void inside(String path) {
        var reply = http().send(Request.get(path));
        assertThat(reply.status()).isIn(401, 404);
        assertThat(reply.body())
                .doesNotContain("<web-app")
                .doesNotContain("<beans")
                .doesNotContain("Manifest");
    }

    private RawHttp http() {
        return new RawHttp(base.getPort(), "127.0.0.1", (request, reply) -> {});
    }
}
