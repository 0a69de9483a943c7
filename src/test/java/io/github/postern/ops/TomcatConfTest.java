package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The hardening of {@code tomcat-conf} that nobody notices when it is lost. */
final class TomcatConfTest {
    private static final Path CONF = Path.of("tomcat-conf");

    @ParameterizedTest(name = "{0} {1}={2}: {3}")
    @CsvSource(delimiter = '!', textBlock = """
            Server    ! port                          ! -1                           ! nobody can stop the server over the network
            Service   ! gracefulStopAwaitMillis       ! 3000                         ! requests in flight are answered before the end
            Connector ! address                       ! ${POSTERN_ADDRESS:-127.0.0.1} ! open to others only when asked
            Connector ! port                          ! ${POSTERN_PORT:-4180}        ! oauth2-proxy's port
            Connector ! maxHttpRequestHeaderSize      ! 49152                        ! COO-18 COO-19 pass, RES-03 is refused
            Connector ! maxHeaderCount                ! 190                          ! COO-19: 60 + 95 lines pass; RES-03: 200 do not
            Connector ! maxCookieCount                ! 1000                         ! COO-24: 500 pairs are no error
            Connector ! maxParameterCount             ! 100                          ! RES-05
            Connector ! maxPostSize                   ! 65536                        ! RES-04
            Connector ! relaxedPathChars              ! "<>[\\]^`{|}                 ! an app's path must not be a 400 here
            Connector ! relaxedQueryChars             ! "<>[\\]^`{|}                 ! the same for queries
            Connector ! encodedSolidusHandling        ! passthrough                  ! %2F in an app's path
            Connector ! encodedReverseSolidusHandling ! passthrough                  ! %5C in an app's path
            Connector ! continueResponseTiming        ! onRead                       ! HAProxy's Expect
            Connector ! maxKeepAliveRequests          ! -1                           ! the proxy's connections stay
            Connector ! keepAliveTimeout              ! 120000                       ! longer than Traefik's 90 s
            Connector ! allowTrace                    ! false                        ! no echo of cookies
            Connector ! xpoweredBy                    ! false                        ! LEK-02
            Connector ! serverRemoveAppProvidedValues ! true                         ! LEK-02
            Connector ! SSLEnabled                    ! ${POSTERN_TLS:-false}        ! http and https share one connector, so one hardening
            SSLHostConfig ! protocols                 ! ${POSTERN_TLS_PROTOCOLS:-TLSv1.2+TLSv1.3} ! nothing older
            SSLHostConfig ! ciphers                   ! ${POSTERN_TLS_CIPHERS:-ECDHE+AESGCM:ECDHE+CHACHA20} ! forward secrecy
            Certificate ! certificateFile             ! ${POSTERN_TLS_CERTIFICATE:-} ! tls-cert-file
            Certificate ! certificateKeyFile          ! ${POSTERN_TLS_KEY:-}         ! tls-key-file
            Valve     ! className                     ! org.apache.catalina.valves.ErrorReportValve ! LEK-02
            Valve     ! showReport                    ! false                        ! LEK-02: no stack trace
            Valve     ! showServerInfo                ! false                        ! LEK-02: no version
            Valve     ! errorCode.0                   ! conf/error.html              ! LEK-09: nothing of the request
            Host      ! autoDeploy                    ! false                        ! no file dropped later becomes code
            Host      ! deployIgnore                  ! '(?!ROOT$|ROOT\\.war$).*'    ! what Tomcat brings along is not served
            Host      ! failCtxIfServletStartFails    ! true                         ! no half-started application
            """)
    void keepsEachHardeningOfTheServer(String element, String attribute, String value, String why) throws Exception {
        assertThat(only(xml("server.xml"), element).getAttribute(attribute))
                .as(why)
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UpgradeProtocol", "Listener", "Realm", "GlobalNamingResources", "Executor"})
    void leavesOutWhatOneApplicationDoesNotNeed(String element) throws Exception {
        assertThat(xml("server.xml").getElementsByTagName(element).getLength()).isZero();
    }

    @Test
    void mapsNoJspSoThatTheCatchAllAnswersForTheAppsOwn() throws Exception {
        assertThat(only(xml("web.xml"), "url-pattern").getTextContent()).isEqualTo("/");
    }

    @Test
    void keepsTheConnectorsRefusedRequestLinesOutOfTheLog() throws IOException {
        assertThat(lines("logging.properties"))
                .as("LEK-14: at INFO the connector logs the target, with code and state")
                .contains(".level=WARNING")
                .noneMatch(line -> line.startsWith("org.apache.coyote.http11.Http11Processor"));
    }

    @Test
    void readsTheEnvironmentAndEndsWhenThePortIsTaken() throws IOException {
        assertThat(lines("catalina.properties"))
                .contains(
                        "org.apache.tomcat.util.digester.PROPERTY_SOURCE=org.apache.tomcat.util.digester.EnvironmentPropertySource",
                        "org.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true");
    }

    private static Document xml(String file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(CONF.resolve(file).toFile());
    }

    private static Element only(Document document, String name) {
        var found = document.getElementsByTagName(name);
        assertThat(found.getLength()).as(name).isEqualTo(1);
        return (Element) found.item(0);
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(CONF.resolve(file));
    }
}
