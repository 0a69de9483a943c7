package io.github.postern;

import io.github.postern.config.EndpointSettings;
import io.github.postern.config.FileWatch;
import io.github.postern.config.HeaderSettings;
import io.github.postern.config.Settings;
import io.github.postern.forwarded.ForwardedRequests;
import io.github.postern.forwarded.SkipRules;
import io.github.postern.gate.AccessRules;
import io.github.postern.gate.AdmissionRules;
import io.github.postern.gate.Decisions;
import io.github.postern.gate.SessionMechanism;
import io.github.postern.login.AllowedTargets;
import io.github.postern.login.Login;
import io.github.postern.login.SessionTerms;
import io.github.postern.session.CookieSessionStore;
import io.github.postern.session.Seal;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.web.Pages;
import io.github.postern.web.Places;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.pac4j.core.context.session.SessionStore;

/** Every object that lives as long as the application, built once from the settings. */
record Parts(
        Settings settings,
        SecurityContext security,
        Login login,
        AdmissionRules rules,
        SkipRules skip,
        AccessRules access,
        Decisions decisions,
        SessionMechanism mechanism,
        Places places,
        Pages pages,
        FileWatch files,
        AuthLog log)
        implements AutoCloseable {
    private static final Duration FILES_ARE_READ_EVERY = Duration.ofSeconds(1);

    static Parts build(Settings settings, SecurityContext security) {
        var random = new SecureRandom();
        var clock = InstantSource.system();
        var log = new AuthLog(random);
        var files = new FileWatch(FILES_ARE_READ_EVERY);
        var access = settings.accessRules()
                .map(file -> new AccessRules(files.follow(file)))
                .orElseGet(AccessRules::none);
        var places = places(settings);
        SessionStore store = store(settings, places, random, clock);
        var terms = new Login.Terms(settings.cookies().loginLifetime(), terms(settings), access::claims);
        var chance = new Login.Chance(clock, random);
        var login = Login.start(settings.provider(), store, places::redirectUri, terms, chance);
        var rules = new AdmissionRules(settings.admission());
        var skip = new SkipRules(settings.admission());
        return new Parts(
                settings,
                security,
                login,
                rules,
                skip,
                access,
                new Decisions(access, rules, skip, clock),
                new SessionMechanism(List.of(), store, login, isCheck(settings.endpoints()), rules, log),
                places,
                new Pages(settings),
                files,
                log);
    }

    @Override
    public void close() {
        login.close();
        files.close();
    }

    private static Places places(Settings settings) {
        String prefix = settings.endpoints().prefix();
        return new Places(
                settings,
                new ForwardedRequests(settings.forwarded(), prefix),
                new AllowedTargets(settings.forwarded().returnDomains(), prefix));
    }

    /** Cookies of another realm or client under the same secret open nothing here. */
    private static SessionStore store(Settings settings, Places places, SecureRandom random, InstantSource clock) {
        String context =
                settings.provider().issuer() + " " + settings.provider().clientId();
        var seal = new Seal(settings.cookies().secrets(), context, random);
        var uses = new CookieSessionStore.Uses(
                settings.endpoints().prefix(),
                Login.STATE_KEY,
                settings.headers().authorization());
        return CookieSessionStore.of(settings.cookies(), seal, places::host, uses, clock);
    }

    /** The probes and our own pages have no need of fresh tokens, and must not wait for the provider. */
    private static Predicate<HttpServletRequest> isCheck(EndpointSettings paths) {
        String prefix = paths.prefix();
        Set<String> others = Set.of(paths.pingPath(), paths.readyPath(), "/robots.txt");
        Set<String> checks = Set.of(prefix + "/auth", prefix + "/userinfo", prefix + ForwardedRequests.EXT_AUTHZ);
        return request -> {
            String path = request.getServletPath();
            return checks.contains(path) || !(path.startsWith(prefix + "/") || others.contains(path));
        };
    }

    private static SessionTerms terms(Settings settings) {
        HeaderSettings headers = settings.headers();
        return new SessionTerms(
                settings.cookies().lifetime(),
                settings.cookies().refreshAfter(),
                headers.accessToken(),
                headers.authorization());
    }
}
