package io.github.postern.testbed;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** What {@code ./demo} runs: all parts on this machine, until Ctrl-C; or, with {@code --smoke}, a walk through them. */
public final class Demo {
    private static final Path FOLDER = Path.of("target", "testbed");

    private final PrintStream out;
    private final Gateway.Kind kind;
    private final Site site;
    private final String metrics = "127.0.0.1:" + Tomcat.freePort();

    private Demo(PrintStream out, Gateway.Kind kind, Site site) {
        this.out = out;
        this.kind = kind;
        this.site = site;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var out = System.out;
        var options = List.of(arguments);
        var smoke = options.contains("--smoke");
        try {
            var demo = new Demo(out, kind(options), site(options));
            System.exit(smoke ? new Smoke(out).run(demo::start) : demo.stay());
        } catch (RuntimeException e) {
            out.println(e.getMessage());
            System.exit(smoke ? Smoke.notStarted(out) : 1);
        }
    }

    private TestBed start() {
        var began = System.nanoTime();
        var bed = TestBed.start(site, kind, FOLDER, this::tell, Map.of("OAUTH2_PROXY_METRICS_ADDRESS", metrics));
        tell("Ready after " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
        return bed;
    }

    private int stay() throws InterruptedException {
        var bed = start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            tell("Stopping");
            bed.close();
            tell("All parts have stopped");
        }));
        show();
        new CountDownLatch(1).await();
        return 0;
    }

    private void show() {
        out.println();
        line("Apps", site.at("portal", "/") + "   a page");
        line("", site.at("console", "/") + "   a page that fetches");
        line("", site.at("live", "/") + "   a page with a WebSocket");
        line("Session", site.home("/oauth2/sign_in").toString());
        line(
                "Keycloak",
                site.at(Site.IDENTITY, "/") + "   administered by " + Keycloak.ADMIN + ", password "
                        + Keycloak.ADMIN_PASSWORD);
        for (var account : Realm.ACCOUNTS) {
            line("Account", account.name() + ", password " + account.password() + ": " + account.described());
        }
        line("Gateway", kind.label() + "; another one by --gateway=" + others());
        line("Metrics", "http://" + metrics + "/metrics");
        line("Logs", FOLDER + " and target/tomcats");
        out.println();
        out.println("Ctrl-C stops everything.");
    }

    private String others() {
        return String.join(
                "|",
                Stream.of(Gateway.Kind.values())
                        .filter(Gateway.Kind::present)
                        .filter(other -> other != kind)
                        .map(Gateway.Kind::label)
                        .toList());
    }

    private void line(String head, String text) {
        out.printf("  %-9s %s%n", head, text);
    }

    private void tell(String text) {
        out.println(text);
    }

    private static Gateway.Kind kind(List<String> options) {
        var asked = value(options, "--gateway=");
        if (asked.isEmpty()) {
            return Gateway.firstPresent();
        }
        var kind = asked.flatMap(Gateway.Kind::named)
                .orElseThrow(() -> new IllegalArgumentException("--gateway= takes one of "
                        + Stream.of(Gateway.Kind.values())
                                .map(Gateway.Kind::label)
                                .toList()));
        if (!kind.present()) {
            throw new IllegalArgumentException(kind.label() + " is not on the PATH");
        }
        return kind;
    }

    private static Site site(List<String> options) {
        var sites = value(options, "--port=")
                .map(port -> List.of(new Site("http", "akko.localhost", Integer.parseInt(port))))
                .orElseGet(Site::forDemo);
        return Site.firstFree(sites);
    }

    private static Optional<String> value(List<String> options, String name) {
        return options.stream()
                .filter(option -> option.startsWith(name))
                .map(option -> option.substring(name.length()))
                .findFirst();
    }
}
