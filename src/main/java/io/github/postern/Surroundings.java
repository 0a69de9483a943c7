package io.github.postern;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Globals;
import org.apache.catalina.Host;
import org.apache.catalina.Server;
import org.apache.catalina.Service;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/**
 * The Tomcat around this application. Its web resources lead there: they stand in the servlet context by a public name, for servlets
 * such as Tomcat's own default one, and ask for no privilege.
 *
 * @param application this application, as Tomcat sees it
 */
record Surroundings(Context application) {
    /** @throws IllegalStateException if this is no Tomcat */
    static Surroundings of(ServletContext context) {
        return find(context)
                .orElseThrow(() -> new IllegalStateException(
                        "this is no Tomcat: session-store-type=tomcat, cluster and shutdown-delay need one"));
    }

    /** The Tomcat around us, if there is one. */
    static Optional<Surroundings> find(ServletContext context) {
        return context.getAttribute(Globals.RESOURCES_ATTR) instanceof WebResourceRoot resources
                ? Optional.of(new Surroundings(resources.getContext()))
                : Optional.empty();
    }

    /** Threads and connections of all its connectors together, by name. */
    Map<String, DoubleSupplier> counts() {
        Service service = engine().getService();
        return Map.of(
                "threads", () -> sum(service, Surroundings::threads),
                "threads.busy", () -> sum(service, Surroundings::busy),
                "threads.max", () -> sum(service, AbstractProtocol::getMaxThreads),
                "connections", () -> sum(service, AbstractProtocol::getConnectionCount),
                "connections.max", () -> sum(service, AbstractProtocol::getMaxConnections));
    }

    private static double sum(Service service, ToDoubleFunction<AbstractProtocol<?>> count) {
        return Arrays.stream(service.findConnectors())
                .map(Connector::getProtocolHandler)
                .filter(AbstractProtocol.class::isInstance)
                .mapToDouble(handler -> count.applyAsDouble((AbstractProtocol<?>) handler))
                .sum();
    }

    private static double threads(AbstractProtocol<?> protocol) {
        return protocol.getExecutor() instanceof ThreadPoolExecutor pool ? pool.getPoolSize() : 0;
    }

    private static double busy(AbstractProtocol<?> protocol) {
        return protocol.getExecutor() instanceof ThreadPoolExecutor pool ? pool.getActiveCount() : 0;
    }

    Engine engine() {
        Container container = application;
        while (container != null && !(container instanceof Engine)) {
            container = container.getParent();
        }
        if (container instanceof Engine engine && application.getParent() instanceof Host) {
            return engine;
        }
        throw new IllegalStateException("this Tomcat has no engine around the application");
    }

    Server server() {
        return engine().getService().getServer();
    }

    /**
     * Keeps Tomcat's own memory of who signed in away from sessions: the mechanism says it with every request, and a session's
     * identifier changes when the store says so, not with every request that is found signed in.
     */
    void leaveSessionsAlone() {
        if (!(application.getAuthenticator() instanceof AuthenticatorBase authenticator)) {
            throw new IllegalStateException(
                    "this Tomcat's authenticator is not its own; session-store-type=tomcat needs that");
        }
        authenticator.setCache(false);
        authenticator.setChangeSessionIdOnAuthentication(false);
    }

    /** The folder {@code conf}. */
    Path configuration() {
        return engine().getCatalinaBase().toPath().resolve("conf");
    }
}
