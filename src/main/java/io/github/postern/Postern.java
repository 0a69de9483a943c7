package io.github.postern;

import ch.qos.logback.classic.LoggerContext;
import io.github.postern.config.InvalidSettings;
import io.github.postern.config.Settings;
import io.github.postern.config.SettingsReader;
import io.github.postern.telemetry.LogOutput;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Postern: reads the settings, builds every part once, and registers the servlets. A wrong setting or a missing
 * part keeps the application from starting: there is no half-open door.
 */
@Dependent
public class Postern implements ServletContextListener {
    private static final Logger LOG = LoggerFactory.getLogger(Postern.class);
    private static final String PARTS = Parts.class.getName();
    private static final String METRICS = MetricParts.class.getName();
    private static final String OUTPUT = LogOutput.class.getName();

    /** Set where the process serves nothing but Postern: a wrong setting then ends it. */
    private static final String EXIT_PROPERTY = "postern.exit-on-error";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        try {
            Settings settings = SettingsReader.read(Launcher.flags(System.getenv()), System.getenv());
            takeOutput(settings, context);
            tell(settings);
            var parts = Parts.build(settings, TraceParts.of(System.getenv()), securityContext(), context);
            context.setAttribute(PARTS, parts);
            Door.close(context, parts.mechanism());
            Endpoints.register(context, parts);
            MetricParts.serve(parts, kept(context, LogOutput.class), context)
                    .ifPresent(metrics -> context.setAttribute(METRICS, metrics));
        } catch (InvalidSettings e) {
            e.mistakes().forEach(mistake -> LOG.error("Wrong setting: {}", mistake));
            refuse(new IllegalStateException(
                    e.mistakes().size() + " wrong settings, see above: Postern does not start"));
        } catch (RuntimeException e) {
            LOG.error("Postern cannot start", e);
            refuse(new StartRefused("Postern cannot start, the reason is told above"));
        }
    }

    private static void takeOutput(Settings settings, ServletContext context) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            var output = new LogOutput(
                    logback,
                    settings.logging(),
                    new FileOutputStream(FileDescriptor.out),
                    new FileOutputStream(FileDescriptor.err));
            output.take();
            context.setAttribute(OUTPUT, output);
        }
    }

    private static void tell(Settings settings) {
        for (Settings.Notice notice : settings.notices()) {
            if (notice.weak()) {
                LOG.warn("{}", notice.text());
            } else {
                LOG.info("{}", notice.text());
            }
        }
    }

    private static SecurityContext securityContext() {
        return CDI.current().select(SecurityContext.class).get();
    }

    /** Halts, because an orderly exit would wait for the container, which waits for this very listener. */
    private static void refuse(RuntimeException reason) {
        if (Boolean.getBoolean(EXIT_PROPERTY)) {
            Runtime.getRuntime().halt(1);
        }
        throw reason;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Optional<Parts> parts = kept(context, Parts.class);
        Ending.of(
                () -> kept(context, MetricParts.class).ifPresent(MetricParts::close),
                () -> parts.ifPresent(Parts::close),
                () -> parts.ifPresent(closed -> Door.remove(context)),
                // last, for what the others have to say
                () -> kept(context, LogOutput.class).ifPresent(LogOutput::close));
    }

    private static <T> Optional<T> kept(ServletContext context, Class<T> kind) {
        return Optional.ofNullable(context.getAttribute(kind.getName()))
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Jakarta Security's own view of the door, for whoever asks CDI. */
    @Produces
    @ApplicationScoped
    static HttpAuthenticationMechanism mechanism(ServletContext context) {
        return ((Parts) context.getAttribute(PARTS)).mechanism();
    }

    /** Keeps the container from starting the application; without a stack trace, because the reason was told. */
    private static final class StartRefused extends RuntimeException {
        StartRefused(String message) {
            super(message, null, false, false);
        }
    }
}
