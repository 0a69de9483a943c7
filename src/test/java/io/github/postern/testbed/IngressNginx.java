package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real nginx with what ingress-nginx would write for the documented Ingress, and a Postern of its own behind it. The template among
 * the resources is ours; the annotations come from the documentation.
 */
public final class IngressNginx implements AutoCloseable {
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";
    private static final Pattern ANNOTATION = Pattern.compile("(?m)^    " + Pattern.quote(PREFIX) + "(\\S+): (.+)$");
    private static final Set<String> RENDERED =
            Set.of("auth-url", "auth-signin", "auth-response-headers", "auth-proxy-set-headers", "proxy-buffer-size");
    private static final Pattern DATA = Pattern.compile("(?m)^  ([A-Z]\\S+): (.+)$");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Replicas.Surroundings parts;
    private final Path home;
    private final Tomcat postern;
    private Program nginx;

    private IngressNginx(Replicas.Surroundings parts, Path home, Tomcat postern) {
        this.parts = parts;
        this.home = home;
        this.postern = postern;
        this.nginx = run(true, List.of());
    }

    /** Starts both and waits until they answer. */
    static IngressNginx start(Replicas.Surroundings parts, Map<String, String> environment) {
        var postern = Tomcat.with(environment, Tomcat.freePort(), parts.jvmOptions());
        try {
            postern.start();
            return new IngressNginx(
                    parts, Files.createDirectories(parts.folder().toAbsolutePath()), postern);
        } catch (IOException | RuntimeException e) {
            postern.close();
            throw new IllegalStateException("ingress-nginx's nginx does not start", e);
        }
    }

    /**
     * Writes the configuration anew.
     *
     * @param signin whether the annotation {@code auth-signin} is there, or left out as the page says for an API
     * @param targets the paths and queries that {@code $escaped_request_uri} knows
     */
    public void use(boolean signin, List<String> targets) {
        nginx.close();
        nginx = run(signin, targets);
    }

    public Site site() {
        return parts.site();
    }

    /** A browser that has not been anywhere yet. */
    public Browser browser() {
        return new Browser(parts.certificate());
    }

    @Override
    public void close() {
        nginx.close();
        postern.close();
    }

    private Program run(boolean signin, List<String> targets) {
        try {
            var file = Files.writeString(home.resolve("nginx.conf"), configuration(signin, targets));
            var program = Gateway.Kind.NGINX.program().orElseThrow(() -> new IllegalStateException("no nginx"));
            var command = List.of(program.toString(), "-p", home.toString(), "-c", file.toString(), "-e", "stderr");
            var process = Program.start("nginx", home, Map.of(), command);
            process.await(PATIENCE, this::serves);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean serves() {
        try {
            return browser().get(site().home("/oauth2/sign_in"), Fields.NONE).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private String configuration(boolean signin, List<String> targets) {
        var ingresses =
                Documented.file("proxies/ingress-nginx/ingress.yaml").text().split("(?m)^---$");
        var app = annotations(ingresses[0]);
        var auth = URI.create(app.get("auth-url"));
        return named(Template.named("ingress-nginx.conf"))
                .with("escaped", escaped(targets))
                .with("authHost", auth.getHost())
                .with("authUrl", "http://" + local(postern.port()) + auth.getPath())
                .with("authSignin", app.get("auth-signin"))
                .with("errorPage", signin ? "error_page 401 = @signin;" : "")
                .with("questionHeaders", questionHeaders(app.get("auth-proxy-set-headers"), ingresses[1]))
                .with("responseHeaders", responseHeaders(app.get("auth-response-headers")))
                .with("proxySetHeaders", proxySetHeaders(ingresses[3]))
                .with("bufferSize", app.get("proxy-buffer-size"))
                .with("posternBufferSize", annotations(ingresses[2]).get("proxy-buffer-size"))
                .filled();
    }

    /** The names and addresses of this site. */
    private Template named(Template template) {
        var certificate = parts.certificate().orElseThrow();
        return template.with("chain", certificate.chain())
                .with("key", certificate.key())
                .with("listening", local(site().port()))
                .with("identity", site().host(Site.IDENTITY))
                .with("app", site().host("console"))
                .with("home", site().domain())
                .with("keycloak", local(parts.backends().keycloak()))
                .with("backend", local(parts.backends().apps().port("console")))
                .with("postern", local(postern.port()));
    }

    private static Map<String, String> annotations(String ingress) {
        Map<String, String> found = new TreeMap<>();
        ANNOTATION.matcher(ingress).results().forEach(line -> found.put(line.group(1), line.group(2)));
        if (!RENDERED.containsAll(found.keySet())) {
            throw new IllegalStateException("of these annotations some are not rendered here: " + found.keySet());
        }
        return found;
    }

    /** The lines of the ConfigMap; the page says that a port other than 443 follows the host. */
    private String questionHeaders(String named, String configMap) {
        var name = named.split("/");
        if (!configMap.contains("\n  name: " + name[1] + "\n  namespace: " + name[0] + "\n")) {
            throw new IllegalStateException("the annotation names " + named + ", and not this:\n" + configMap);
        }
        return DATA.matcher(configMap)
                .results()
                .map(line -> "proxy_set_header \"" + line.group(1) + "\" \""
                        + line.group(2).replace("$host", "$host:" + site().port()) + "\";")
                .collect(Collectors.joining("\n"));
    }

    private static String responseHeaders(String names) {
        List<String> lines = new ArrayList<>();
        for (var name : names.split(",")) {
            var variable = "$authHeader" + lines.size();
            lines.add("auth_request_set " + variable + " $upstream_http_"
                    + name.toLowerCase().replace('-', '_') + ";\nproxy_set_header '" + name + "' " + variable + ";");
        }
        return String.join("\n", lines);
    }

    /** For every app: what the controller's own ConfigMap would name. */
    private static String proxySetHeaders(String configMap) {
        if (!configMap.contains("\n  name: unclaimed\n")) {
            throw new IllegalStateException("this is not the ConfigMap unclaimed:\n" + configMap);
        }
        return DATA.matcher(configMap)
                .results()
                .map(line -> "proxy_set_header " + line.group(1) + " " + line.group(2) + ";")
                .collect(Collectors.joining("\n"));
    }

    private static String escaped(List<String> targets) {
        Map<String, String> lines = new LinkedHashMap<>();
        targets.forEach(target -> lines.put(
                target, URLEncoder.encode(target, StandardCharsets.UTF_8).replace("+", "%20")));
        return lines.entrySet().stream()
                .map(line -> "\"" + line.getKey() + "\" \"" + line.getValue() + "\";")
                .collect(Collectors.joining("\n"));
    }

    private static String local(int port) {
        return "127.0.0.1:" + port;
    }
}
