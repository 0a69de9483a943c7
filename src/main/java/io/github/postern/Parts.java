package io.github.postern;

import io.github.postern.config.EndpointSettings;
import io.github.postern.config.FileWatch;
import io.github.postern.config.HeaderSettings;
import io.github.postern.config.SealingSecrets;
import io.github.postern.config.Settings;
import io.github.postern.forwarded.CheckPaths;
import io.github.postern.forwarded.ForwardedRequests;
import io.github.postern.forwarded.SkipRules;
import io.github.postern.gate.AccessRules;
import io.github.postern.gate.AdmissionRules;
import io.github.postern.gate.BearerChallenge;
import io.github.postern.gate.BearerCredentials;
import io.github.postern.gate.Credentials;
import io.github.postern.gate.Decisions;
import io.github.postern.gate.SessionMechanism;
import io.github.postern.login.AllowedTargets;
import io.github.postern.login.Login;
import io.github.postern.login.SessionTerms;
import io.github.postern.signing.SigningKeys;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.telemetry.CurrentQuestion;
import io.github.postern.telemetry.Metrics;
import io.github.postern.telemetry.RequestLog;
import io.github.postern.tracing.Tracing;
import io.github.postern.web.IdentityHeaders;
import io.github.postern.web.IdentityTokens;
import io.github.postern.web.Pages;
import io.github.postern.web.Places;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Every object that lives as long as the application, built once from the settings. */
record Parts(
        Settings settings,
        SecurityContext security,
        SessionParts sessions,
        Drain drain,
        Login login,
        AdmissionRules rules,
        SkipRules skip,
        AccessRules access,
        Decisions decisions,
        SessionMechanism mechanism,
        Places places,
        Pages pages,
        FileWatch files,
        IdentityHeaders headers,
        Optional<SigningKeys> signingKeys,
        LocalParts local,
        AuthLog log,
        CurrentQuestion current,
        Optional<RequestLog> requestLog,
        Optional<Metrics> metrics,
        Optional<Tracing> tracing)
        implements AutoCloseable {
    private static final Duration FILES_ARE_READ_EVERY = Duration.ofSeconds(1);

    static Parts build(Settings settings, Optional<Tracing> tracing, SecurityContext security, ServletContext context) {
        var random = new SecureRandom();
        var clock = InstantSource.system();
        var files = new FileWatch(FILES_ARE_READ_EVERY);
        var current = new CurrentQuestion();
        var metrics = MetricParts.of(settings.server().metrics());
        var lines = new LogParts(settings.logging(), current, clock);
        var heard = new Heard(metrics, tracing);
        var log = lines.log(random, heard.decisions());
        var access = settings.accessRules()
                .map(file -> new AccessRules(files.follow(file)))
                .orElseGet(AccessRules::none);
        var places = places(settings);
        var secrets = SecretParts.sealing(settings, files, clock);
        var sessions = SessionParts.build(
                settings, new SessionParts.Means(context, places, secrets, random, clock, metrics, heard.storeCalls()));
        var terms = new Login.Terms(
                settings.cookies().loginLifetime(), terms(settings), () -> claims(settings, access), settings.bearer());
        var chance = new Login.Chance(clock, random, sessions.turns(), log, heard.providerCalls());
        var login = Login.start(settings.provider(), sessions.store(), places::redirectUri, terms, chance);
        SecretParts.followClientSecret(settings, files, login);
        var local = LocalParts.build(settings, places, login, new LocalParts.Means(files, random, clock, log));
        var rules = new AdmissionRules(settings.admission(), local.listed());
        var skip = new SkipRules(settings.admission());
        var keys = signingKeys(settings, secrets, clock);
        return new Parts(
                settings,
                security,
                sessions,
                Drain.of(context, settings.server().shutdownDelay()),
                login,
                rules,
                skip,
                access,
                new Decisions(access, rules, skip, clock),
                mechanism(settings, sessions, login, local, rules, log),
                places,
                new Pages(settings),
                files,
                headers(settings, access, keys, places, clock),
                keys,
                local,
                log,
                current,
                lines.requests(),
                metrics,
                tracing);
    }

    private static SessionMechanism mechanism(
            Settings settings,
            SessionParts sessions,
            Login login,
            LocalParts local,
            AdmissionRules rules,
            AuthLog log) {
        return new SessionMechanism(
                credentials(login, settings, local),
                sessions.store(),
                login,
                isCheck(settings.endpoints()),
                rules,
                log);
    }

    /** Why requests should be sent elsewhere at the moment, for the operator; empty when all is well. */
    Optional<String> trouble() {
        return drain.trouble().or(login::trouble).or(() -> sessions.trouble().get());
    }

    /** What headers and rules ask for beside the usual claims; the rules may change while we run. */
    private static Set<String> claims(Settings settings, AccessRules access) {
        Set<String> claims = new LinkedHashSet<>(settings.headers().usual().furtherClaims());
        claims.addAll(access.claims());
        return claims;
    }

    @Override
    public void close() {
        Ending.of(
                () -> drain.close(),
                () -> login.close(),
                () -> sessions.close(),
                () -> files.close(),
                () -> local.close(),
                // a method reference would load it where there is none
                () -> tracing.ifPresent(spans -> spans.close()));
    }

    private static Places places(Settings settings) {
        String prefix = settings.endpoints().prefix();
        return new Places(
                settings,
                new ForwardedRequests(settings.forwarded(), prefix),
                new AllowedTargets(settings.forwarded().returnDomains(), prefix));
    }

    /** What an {@code Authorization} header may hold: the first kind that finds its own decides. */
    private static List<Credentials> credentials(Login login, Settings settings, LocalParts local) {
        List<Credentials> kinds = new ArrayList<>();
        var challenge = BearerChallenge.of(settings.provider());
        login.bearer().ifPresent(tokens -> kinds.add(new BearerCredentials(tokens, challenge, settings.bearer())));
        kinds.addAll(local.credentials());
        return kinds;
    }

    /** Cookies of another realm or client under the same secret open nothing here. */
    static String context(Settings settings) {
        return settings.provider().issuer() + " " + settings.provider().clientId();
    }

    private static Optional<SigningKeys> signingKeys(Settings settings, SealingSecrets secrets, InstantSource clock) {
        return settings.headers().signed().map(signed -> new SigningKeys(secrets, context(settings), clock));
    }

    private static IdentityHeaders headers(
            Settings settings, AccessRules access, Optional<SigningKeys> keys, Places places, InstantSource clock) {
        HeaderSettings headers = settings.headers();
        var tokens = keys.flatMap(key -> headers.signed()
                .map(signed -> new IdentityTokens(key, signed, headers.usual(), places::appHost, clock)));
        return new IdentityHeaders(headers, access::headerNames, tokens);
    }

    /** The probes and our own pages have no need of fresh tokens, and must not wait for the provider. */
    static Predicate<HttpServletRequest> isCheck(EndpointSettings paths) {
        var checks = new CheckPaths(paths.prefix());
        String userInfo = paths.prefix() + "/userinfo";
        Set<String> others = Set.of(paths.pingPath(), paths.readyPath(), "/robots.txt");
        return request -> {
            String path = request.getServletPath();
            return (checks.isCheck(path) && !others.contains(path)) || path.equals(userInfo);
        };
    }

    private static SessionTerms terms(Settings settings) {
        HeaderSettings headers = settings.headers();
        return new SessionTerms(
                settings.cookies().lifetime(),
                settings.cookies().refreshAfter(),
                headers.accessToken(),
                headers.authorization(),
                settings.provider().signIn().keepTokens());
    }
}
