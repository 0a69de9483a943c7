package io.github.postern.e2e;

import io.github.postern.testbed.Gateway;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests the one test bed of this JVM: started by the first that asks, stopped after the last. */
final class SharedTestBed implements ParameterResolver {
    private static final Path FOLDER = Path.of("target", "testbed-e2e");
    private static final String RULES = """
            [[rule]]
            name = "the console's own things"
            host = "console.akko.local"
            path = "/admins/*"
            any = { groups = ["/admins"] }

            [[rule]]
            name = "what everybody may see"
            host = "portal.akko.local"
            path = "/open/*"
            public = true

            [[rule]]
            name = "what everybody may see elsewhere"
            host = "live.akko.local"
            path = "/shared/*"
            public = true
            """;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBed.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // the root's store closes what it holds when the run is over
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(TestBed.class, key -> start(), TestBed.class);
    }

    private static TestBed start() {
        var site = Site.firstFree(Site.forTests());
        return TestBed.start(
                site,
                Gateway.firstPresent(),
                FOLDER,
                text -> System.out.println("e2e: " + text),
                Map.of(
                        "OAUTH2_PROXY_ACCESS_RULES_FILE",
                        rules(),
                        // which no gateway of the documentation hands on
                        "OAUTH2_PROXY_SIGNED_IDENTITY_HEADER",
                        "X-Auth-Request-Jwt"));
    }

    /** The file of the bed's access rules. */
    static String rules() {
        try {
            var folder = Files.createDirectories(FOLDER.toAbsolutePath());
            return Files.writeString(folder.resolve("rules.toml"), RULES).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
