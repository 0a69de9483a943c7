package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.postern.config.Logo;
import io.github.postern.config.PageSettings;
import io.github.postern.config.Settings;
import io.github.postern.config.SettingsReader;
import io.github.postern.fakes.FakeRequest;
import io.github.postern.forwarded.ForwardedRequests;
import io.github.postern.gate.Caller;
import io.github.postern.login.AllowedTargets;
import io.github.postern.session.SessionDirectory;
import io.github.postern.telemetry.AuthLog;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees and ends which sessions. Alice has three, of which {@code h-1} asks; bob has one; carol administers. */
final class SessionsServletTest {
    private static final Settings SETTINGS = SettingsReader.read(
            List.of("--redirect-url=https://akko.local"),
            Map.of(
                    "OAUTH2_PROXY_PROVIDER", "oidc",
                    "OAUTH2_PROXY_CLIENT_ID", "app",
                    "OAUTH2_PROXY_CLIENT_SECRET", "secret",
                    "OAUTH2_PROXY_COOKIE_SECRET", "0123456789abcdef0123456789abcdef",
                    "OAUTH2_PROXY_OIDC_ISSUER_URL", "https://id.akko.local",
                    "OAUTH2_PROXY_EMAIL_DOMAINS", "*"));

    private final FakeDirectory directory = new FakeDirectory()
            .add("alice", "1", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "203.0.113.7")
            .add("alice", "2", "curl/8", "")
            .add("alice", "3", "", "2001:db8::1")
            .add("bob", "4", "", "");

    private boolean admitted = true;

    @Test
    void showsThePersonsOwnWithTheOneThatAsksMarked() throws Exception {
        var view = get("alice", "/oauth2/sessions").sessions();
        assertThat(view.kept()).isTrue();
        assertThat(view.hasOthers()).isTrue();
        assertThat(view.search()).isEqualTo(SessionsView.Search.NONE);
        assertThat(view.mine())
                .extracting(SessionRow::handle, SessionRow::device, SessionRow::address, SessionRow::current)
                .containsExactly(
                        tuple("h-1", "Firefox on Linux", "203.0.113.7", true),
                        tuple("h-2", "curl", "", false),
                        tuple("h-3", "Unknown browser", "2001:db8::1", false));
    }

    @ParameterizedTest(name = "{0} sends {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "alice | end=one&handle=h-2 | 303 https://akko.local/oauth2/sessions | h-1 h-3 h-4",
                "alice | end=one&handle=h-1 | 303 https://akko.local/oauth2/sessions | h-1 h-2 h-3 h-4",
                "alice | end=one&handle=h-4 | 303 https://akko.local/oauth2/sessions | h-1 h-2 h-3 h-4",
                "alice | end=one | 303 https://akko.local/oauth2/sessions | h-1 h-2 h-3 h-4",
                "alice | end=others | 303 https://akko.local/oauth2/sessions | h-1 h-4",
                "alice | end=all | 303 https://akko.local/oauth2/sign_out | h-1 h-4",
                "alice | end=everything | 303 https://akko.local/oauth2/sessions | h-1 h-2 h-3 h-4",
                "alice | - | 303 https://akko.local/oauth2/sessions | h-1 h-2 h-3 h-4",
                "alice | end=all&subject=bob-subject | 403 refused.jsp | h-1 h-2 h-3 h-4",
                "alice | end=one&handle=h-4&subject=bob-subject | 403 refused.jsp | h-1 h-2 h-3 h-4",
                "carol | end=all&subject=alice-subject&who=alice | 303 https://akko.local/oauth2/sessions?who=alice | h-4",
                "carol | end=one&handle=h-2&subject=alice-subject&who=a%26b | 303 https://akko.local/oauth2/sessions?who=a%26b | h-1 h-3 h-4",
                "carol | end=one&handle=h-4&subject=alice-subject | 303 https://akko.local/oauth2/sessions | h-1 h-2 h-3 h-4",
                "'' | end=all | 200 sign_in.jsp | h-1 h-2 h-3 h-4"
            })
    void endsWhatTheyMay(String name, String form, String answer, String left) throws Exception {
        assertThat(post(name, form, "same-origin").told()).isEqualTo(answer);
        assertThat(directory.handles()).containsExactly(left.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site"})
    void endsNothingForAnotherSite(String site) throws Exception {
        var told = post("alice", "end=all", site);
        assertThat(told.sessions().notice()).isEqualTo(SessionsView.Notice.ELSEWHERE);
        post("carol", "end=all&subject=alice-subject", site);
        assertThat(directory.handles()).hasSize(4);
    }

    @Test
    void endsNothingByALink() throws Exception {
        get("alice", "/oauth2/sessions?end=all");
        get("carol", "/oauth2/sessions?end=all&subject=alice-subject");
        assertThat(directory.handles()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"alice@akko.local, 3", "ALICE, 3", "alice-subject, 3", "bob, 1", "ali, 0"})
    void findsOthersForAdministrators(String who, int sessions) throws Exception {
        var search = get("carol", "/oauth2/sessions?who=" + who).sessions().search();
        assertThat(search.offered()).isTrue();
        assertThat(search.found().stream()
                        .mapToInt(found -> found.sessions().size())
                        .sum())
                .isEqualTo(sessions);
    }

    @Test
    void findsNobodyForAnybodyElse() throws Exception {
        assertThat(get("alice", "/oauth2/sessions?who=bob").told()).isEqualTo("403 refused.jsp");
        assertThat(get("alice", "/oauth2/sessions?who=alice").told()).isEqualTo("403 refused.jsp");
        admitted = false;
        assertThat(get("carol", "/oauth2/sessions?who=bob").told()).isEqualTo("403 refused.jsp");
        assertThat(post("carol", "end=all&subject=bob-subject", "same-origin").told())
                .isEqualTo("403 refused.jsp");
        assertThat(directory.handles()).hasSize(4);
    }

    @Test
    void tellsProgramsInJson() throws Exception {
        var own = json("alice", "/oauth2/sessions", Optional.of(directory));
        assertThat(own.told()).isEqualTo("200");
        assertThat(own.body())
                .contains("\"kept\":true", "\"handle\":\"h-2\",\"subject\":\"alice-subject\"", "\"current\":true")
                .doesNotContain("h-4");
        assertThat(json("carol", "/oauth2/sessions?who=bob", Optional.of(directory))
                        .body())
                .contains("h-4");
        assertThat(json("alice", "/oauth2/sessions?who=bob", Optional.of(directory))
                        .told())
                .isEqualTo("403");
        assertThat(json("", "/oauth2/sessions", Optional.of(directory)).told()).isEqualTo("401");
        assertThat(json("alice", "/oauth2/sessions", Optional.empty()).body())
                .contains("\"kept\":false", "\"sessions\":[]");
    }

    @Test
    void saysSoWhereSessionsAreInBrowsersOnly() throws Exception {
        var request = FakeRequest.get("/oauth2/sessions");
        assertThat(ask("carol", request, Optional.empty()).sessions().kept()).isFalse();
        var form = FakeRequest.of("POST", "/oauth2/sessions?end=all").header("Sec-Fetch-Site", "same-origin");
        assertThat(ask("alice", form, Optional.empty()).told()).isEqualTo("303 https://akko.local/oauth2/sign_out");
    }

    @Test
    void saysSoWhenTheStoreIsAway() throws Exception {
        directory.goAway();
        assertThat(get("alice", "/oauth2/sessions").told()).isEqualTo("503 failed.jsp");
        assertThat(post("alice", "end=others", "same-origin").told()).isEqualTo("503 failed.jsp");
        assertThat(json("alice", "/oauth2/sessions", Optional.of(directory)).told())
                .isEqualTo("503");
    }

    @Test
    void isKeptByNoCache() throws Exception {
        assertThat(get("alice", "/oauth2/sessions").headers()).containsEntry("Cache-Control", "no-store");
        assertThat(post("alice", "end=others", "same-origin").headers()).containsEntry("Cache-Control", "no-store");
    }

    private Told get(String name, String target) throws Exception {
        return ask(name, FakeRequest.get(target), Optional.of(directory));
    }

    private Told post(String name, String form, String site) throws Exception {
        var request = FakeRequest.of("POST", form == null ? "/oauth2/sessions" : "/oauth2/sessions?" + form);
        return ask(name, request.header("Sec-Fetch-Site", site), Optional.of(directory));
    }

    private Told json(String name, String target, Optional<SessionDirectory> kept) throws Exception {
        return ask(name, FakeRequest.get(target).header("Accept", "application/json"), kept);
    }

    /** @param name who is signed in; empty for nobody */
    private Told ask(String name, FakeRequest request, Optional<? extends SessionDirectory> kept) throws Exception {
        var places = new Places(
                SETTINGS,
                new ForwardedRequests(SETTINGS.forwarded(), "/oauth2"),
                new AllowedTargets(SETTINGS.forwarded().returnDomains(), "/oauth2"));
        var look = new PageSettings(new Logo(Logo.Kind.OURS, ""), "", "", false);
        var pages = new Pages(
                new Site("/oauth2", "/oauth2", "Keycloak", true),
                PageHeaders.of(true, List.of(), look.logo()),
                Look.of(look, ""));
        var lists = new SessionsServlet.Lists(
                kept.map(SessionDirectory.class::cast),
                (asked, answer) -> Optional.of("1").filter(id -> name.equals("alice")),
                List.of("/admins"));
        var told = new Told();
        new SessionsServlet(security(name), lists, places, pages, new AuthLog(new SecureRandom()))
                .service(new Showing(request.toRequest(), told), told.response());
        return told;
    }

    private SecurityContext security(String name) {
        List<String> groups = name.equals("carol") ? List.of("/data", "/admins") : List.of("/data");
        return (SecurityContext) Proxy.newProxyInstance(
                SessionsServletTest.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getCallerPrincipal" -> name.isEmpty() ? null : caller(name, groups);
                    case "isCallerInRole" -> admitted;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Caller caller(String name, List<String> groups) {
        return People.caller(name + "-subject", name + "@akko.local", name, groups, Map.of());
    }

    /** A request whose page is only named. */
    private static final class Showing extends HttpServletRequestWrapper {
        private final Told told;

        Showing(HttpServletRequest request, Told told) {
            super(request);
            this.told = told;
        }

        @Override
        public RequestDispatcher getRequestDispatcher(String path) {
            return new RequestDispatcher() {
                @Override
                public void forward(ServletRequest request, ServletResponse response) {
                    told.page = path.substring(path.lastIndexOf('/') + 1);
                    told.view = request.getAttribute("view");
                }

                @Override
                public void include(ServletRequest request, ServletResponse response) throws ServletException {
                    throw new ServletException("no page is included");
                }
            };
        }
    }

    /** What came back. */
    private static final class Told {
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int status = 200;
        private String page = "";
        private Object view = "";

        SessionsView sessions() {
            return (SessionsView) view;
        }

        /** The status, then the page or where it leads. */
        String told() {
            return (status + " " + page + headers.getOrDefault("Location", "")).strip();
        }

        String body() {
            return body.toString(StandardCharsets.UTF_8);
        }

        Map<String, String> headers() {
            return headers;
        }

        HttpServletResponse response() {
            return (HttpServletResponse) Proxy.newProxyInstance(
                    Told.class.getClassLoader(),
                    new Class<?>[] {HttpServletResponse.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "setStatus" -> {
                            status = (int) arguments[0];
                            yield null;
                        }
                        case "setHeader" -> {
                            headers.put((String) arguments[0], (String) arguments[1]);
                            yield null;
                        }
                        case "setContentType", "setContentLength" -> null;
                        case "getOutputStream" -> new Sink(body);
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }
    }

    private static final class Sink extends ServletOutputStream {
        private final ByteArrayOutputStream into;

        Sink(ByteArrayOutputStream into) {
            this.into = into;
        }

        @Override
        public void write(int octet) throws IOException {
            into.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
