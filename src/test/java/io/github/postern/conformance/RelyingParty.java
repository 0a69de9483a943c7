package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Misbehaviour;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Certificate;
import io.github.postern.testbed.Tomcat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Postern as it is shown to the certification suite, and a provider that behaves as the suite's does: TLS that only {@code
 * provider-ca-file} vouches for, an issuer that ends with a slash, ID tokens with little in them, extra parameters where they must be
 * ignored.
 */
final class RelyingParty implements AutoCloseable {
    static final String CLIENT = "client-of-the-suite";
    static final String SECRET = "secret-of-the-suite-4Wq8";
    static final String APP = "https://app.akko.local/x";
    static final String SIGN_OUT = "https://akko.local/oauth2/sign_out";

    /** Postern asks for keys at a bounded rate, and people need longer between two modules. */
    private static final Duration BETWEEN_NEW_KEYS = Duration.ofSeconds(11);

    private static final List<String> IN_USERINFO_ONLY =
            List.of("email", "email_verified", "preferred_username", "name", "given_name", "family_name", "groups");

    private final FakeKeycloak provider;
    private final Tomcat tomcat;
    private Instant lastNewKeys = Instant.now();

    private RelyingParty(FakeKeycloak provider, Tomcat tomcat) {
        this.provider = provider;
        this.tomcat = tomcat;
    }

    /** Started, and its provider with it; {@code lies} are told from the beginning. */
    static RelyingParty start(Map<String, String> more, Lies lies) {
        var certificate = certificate();
        var provider = FakeKeycloak.startSecure(CLIENT, SECRET, certificate.context());
        try {
            lies.tell(provider.misbehave());
            var environment = environment(provider, certificate);
            more.forEach((name, value) -> environment.put("OAUTH2_PROXY_" + name, value));
            return new RelyingParty(provider, Tomcat.with(environment).start());
        } catch (RuntimeException e) {
            provider.close();
            throw e;
        }
    }

    /** What a module's provider does wrong. */
    interface Lies {
        void tell(Misbehaviour provider);
    }

    static RelyingParty ready(Map<String, String> more) {
        var party = start(more, provider -> {});
        await(() -> party.http().send(Request.get("/ready")).status() == 200);
        return party;
    }

    private static Map<String, String> environment(FakeKeycloak provider, Certificate certificate) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("OAUTH2_PROXY_PROVIDER", "oidc");
        environment.put("OAUTH2_PROXY_OIDC_ISSUER_URL", provider.issuer());
        environment.put("OAUTH2_PROXY_CLIENT_ID", CLIENT);
        environment.put("OAUTH2_PROXY_CLIENT_SECRET", SECRET);
        environment.put("OAUTH2_PROXY_PROVIDER_CA_FILES", certificate.chain().toString());
        environment.put("OAUTH2_PROXY_OIDC_ENABLED_SIGNING_ALGS", "RS256");
        environment.put("OAUTH2_PROXY_SCOPE", "openid profile email phone address");
        environment.put("OAUTH2_PROXY_COOKIE_SECRET", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        environment.put("OAUTH2_PROXY_COOKIE_DOMAINS", ".akko.local");
        environment.put("OAUTH2_PROXY_REDIRECT_URL", "https://akko.local/oauth2/callback");
        environment.put("OAUTH2_PROXY_EMAIL_DOMAINS", "*");
        return environment;
    }

    private static Certificate certificate() {
        try {
            var parent = Files.createDirectories(Path.of("target", "tomcats"));
            return Certificate.create("localhost", Files.createTempDirectory(parent, "certificate-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeKeycloak provider() {
        return provider;
    }

    String output() {
        return tomcat.output();
    }

    /** A module begins: nothing is wrong with its provider yet. */
    Misbehaviour module() {
        return module(claims -> {});
    }

    /** A module begins whose ID tokens say this. */
    Misbehaviour module(Consumer<Map<String, Object>> claims) {
        Consumer<Map<String, Object>> few = all -> IN_USERINFO_ONLY.forEach(all::remove);
        return provider.misbehave().claims(few.andThen(claims));
    }

    /** Another key signs from now on, the old ones are gone. */
    void newKeys() {
        var next = lastNewKeys.plus(BETWEEN_NEW_KEYS);
        await(() -> Instant.now().isAfter(next));
        lastNewKeys = Instant.now();
        provider.keys().rotate();
    }

    /** A browser without a session. */
    FakeBrowser browser() {
        var door = new RawHttp(provider.plainPort(), "127.0.0.1", (request, reply) -> {});
        return new FakeBrowser(http(), door, "alice", "localhost:" + provider.port());
    }

    RawHttp http() {
        return new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
    }

    /** A login that must fail: no session, and a page that says so. */
    void refusesLogin() {
        var browser = browser();
        var page = browser.open(APP).page();
        assertThat(page.status()).as(page.whole()).isBetween(400, 503);
        assertThat(browser.get(APP).status()).as("no session").isIn(302, 401, 503);
    }

    /** A login that must succeed. */
    FakeBrowser login() {
        var browser = browser();
        var visit = browser.open(APP);
        assertThat(visit.page().status()).as(visit.toString()).isEqualTo(200);
        isSignedIn(browser);
        return browser;
    }

    static void isSignedIn(FakeBrowser browser) {
        assertThat(browser.get(APP).all("App-Saw-user")).containsExactly(FakeUser.subject("alice"));
    }

    static void isSignedOut(FakeBrowser browser) {
        assertThat(browser.get(APP).status()).isIn(302, 401);
    }

    /** The suite's server tells us that a session is over. */
    Reply backChannel(String token) {
        return http().send(Request.of("POST", "/oauth2/backchannel-logout")
                .form("logout_token=" + token + "&ignored_parameter=must+be+ignored"));
    }

    long calls(Endpoint endpoint) {
        return provider.journal().count(endpoint);
    }

    static void await(BooleanSupplier condition) {
        var end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited in vain");
            }
            pause(Duration.ofMillis(100));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        tomcat.close();
        provider.close();
    }
}
