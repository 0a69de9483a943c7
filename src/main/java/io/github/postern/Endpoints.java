package io.github.postern;

import io.github.postern.config.EndpointSettings;
import io.github.postern.forwarded.ForwardedRequests;
import io.github.postern.telemetry.LineQuota;
import io.github.postern.telemetry.RequestLog;
import io.github.postern.tracing.Tracing;
import io.github.postern.web.AssetServlet;
import io.github.postern.web.AuthServlet;
import io.github.postern.web.AuthServlet.Allowed;
import io.github.postern.web.AuthServlet.Answers;
import io.github.postern.web.BackChannelLogoutServlet;
import io.github.postern.web.CallbackServlet;
import io.github.postern.web.CatchAllServlet;
import io.github.postern.web.Challenges;
import io.github.postern.web.ContinueServlet;
import io.github.postern.web.FaultFilter;
import io.github.postern.web.FrontChannelLogoutServlet;
import io.github.postern.web.Handover;
import io.github.postern.web.HearingListener;
import io.github.postern.web.HttpsOnly;
import io.github.postern.web.JwksServlet;
import io.github.postern.web.Logins;
import io.github.postern.web.PingServlet;
import io.github.postern.web.ReadyServlet;
import io.github.postern.web.Refusals;
import io.github.postern.web.RequestLogFilter;
import io.github.postern.web.RobotsServlet;
import io.github.postern.web.SessionsServlet;
import io.github.postern.web.SignInServlet;
import io.github.postern.web.SignOutServlet;
import io.github.postern.web.StartServlet;
import io.github.postern.web.TraceFilter;
import io.github.postern.web.TraceListener;
import io.github.postern.web.UnknownServlet;
import io.github.postern.web.UserInfoServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.function.Supplier;

/** Registers one servlet per path, each with what it needs in its constructor. */
final class Endpoints {
    private static final int REFUSED_SIGN_OUTS_TOLD_IN_A_MINUTE = 30;
    private final ServletContext context;
    private final Parts parts;
    private final Logins logins;
    private final Handover handover = new Handover(InstantSource.system());

    private Endpoints(ServletContext context, Parts parts) {
        this.context = context;
        this.parts = parts;
        this.logins = new Logins(parts.security(), parts.places(), parts.pages(), parts.log());
    }

    static void register(ServletContext context, Parts parts) {
        new Endpoints(context, parts).register();
    }

    private void register() {
        Supplier<String> ownTrace = parts.tracing()
                .<Supplier<String>>map(tracing -> tracing::traceId)
                .orElse(() -> "");
        context.addListener(new HearingListener(parts.current(), parts.places(), ownTrace));
        parts.tracing().ifPresent(this::trace);
        parts.requestLog().ifPresent(this::logRequests);
        context.addFilter("faults", new FaultFilter(parts.pages(), parts.log()))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        parts.settings().server().httpsPort().ifPresent(this::forceHttps);
        EndpointSettings paths = parts.settings().endpoints();
        String prefix = paths.prefix();
        var unknown = new UnknownServlet(parts.pages());
        serve(check(new Allowed(200, "")), prefix + "/auth");
        serve(check(new Allowed(200, "")), prefix + ForwardedRequests.EXT_AUTHZ + "/*");
        serve(new StartServlet(parts.places(), logins, parts.access()::demands), prefix + "/start");
        serve(new ContinueServlet(parts.places(), parts.pages(), parts.access()::demands), prefix + "/continue");
        serve(callback(), prefix + "/callback");
        serve(signIn(), prefix + "/sign_in");
        serve(signOut(), prefix + "/sign_out");
        serve(sessions(), prefix + "/sessions");
        serve(backChannelLogout(), prefix + "/backchannel-logout");
        serve(frontChannelLogout(), prefix + "/frontchannel-logout");
        serve(new UserInfoServlet(parts.security(), parts.settings()), prefix + "/userinfo");
        parts.signingKeys().ifPresent(keys -> serve(new JwksServlet(keys::published), prefix + "/jwks"));
        serve(assets(), prefix + "/assets/*");
        serve(unknown, prefix + "/*");
        var others = new CatchAllServlet(check(new Allowed(paths.upstreamStatus(), "Authenticated")), unknown, prefix);
        serve(new PingServlet(paths.pingUserAgent(), others), paths.pingPath());
        serve(new ReadyServlet(parts::trouble), paths.readyPath());
        serve(new RobotsServlet(), "/robots.txt");
        serve(others, "/");
    }

    private void trace(Tracing tracing) {
        context.addListener(new TraceListener(tracing, parts.places()));
        context.addFilter("traces", new TraceFilter())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private void logRequests(RequestLog log) {
        context.addFilter("requests", new RequestLogFilter(log, parts.settings()))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private void forceHttps(int port) {
        context.addFilter("https", new HttpsOnly(parts.places(), port))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private void serve(Servlet servlet, String path) {
        var clashes = context.addServlet(path, servlet).addMapping(path);
        if (!clashes.isEmpty()) {
            throw new IllegalStateException("two endpoints share the path " + clashes);
        }
    }

    private AuthServlet check(Allowed allowed) {
        var answers = new Answers(
                parts.headers(),
                parts.places(),
                new Refusals(parts.places(), parts.pages(), parts.log()),
                new Challenges(parts.places(), logins, parts.pages(), parts.log()),
                handover,
                allowed,
                parts.log());
        return new AuthServlet(parts.security(), parts.decisions(), answers);
    }

    private CallbackServlet callback() {
        return new CallbackServlet(parts.login().callback(), logins, parts.places(), parts.pages(), parts.log());
    }

    private SignInServlet signIn() {
        return new SignInServlet(
                parts.security(),
                parts.places(),
                logins,
                parts.pages(),
                parts.local().signIn(),
                parts.sessions().directory().isPresent());
    }

    private SessionsServlet sessions() {
        var lists = new SessionsServlet.Lists(
                parts.sessions().directory(),
                parts.login()::sessionId,
                parts.settings().adminGroups());
        return new SessionsServlet(parts.security(), lists, parts.places(), parts.pages(), parts.log());
    }

    private SignOutServlet signOut() {
        return new SignOutServlet(
                parts.security(), parts.login().signOff(), parts.places(), parts.pages(), parts.log());
    }

    private BackChannelLogoutServlet backChannelLogout() {
        var logout = parts.login().backChannelLogout(parts.sessions().endings());
        return new BackChannelLogoutServlet(logout, parts.places(), parts.log(), refusedSignOuts());
    }

    private FrontChannelLogoutServlet frontChannelLogout() {
        var logout = parts.login().frontChannelLogout(parts.sessions().endings());
        return new FrontChannelLogoutServlet(logout, parts.places(), parts.log(), refusedSignOuts());
    }

    private static LineQuota refusedSignOuts() {
        return new LineQuota(REFUSED_SIGN_OUTS_TOLD_IN_A_MINUTE, InstantSource.system());
    }

    private AssetServlet assets() {
        try {
            return new AssetServlet(context, parts.settings().pages().logo());
        } catch (IOException e) {
            throw new UncheckedIOException("the application lacks its assets", e);
        }
    }
}
