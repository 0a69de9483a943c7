package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The configuration of each proxy for one site, and the command that starts the proxy with it. */
record GatewayFiles(Site site, Optional<Certificate> certificate, Backends backends, Path home) {

    List<String> command(Gateway.Kind kind, String program) {
        return switch (kind) {
            case TRAEFIK -> traefik(program);
            case CADDY -> caddy(program);
            case NGINX -> nginx(program);
            case HAPROXY -> haproxy(program);
            case BUILTIN -> throw new IllegalArgumentException("the built-in gateway has no files");
        };
    }

    private List<String> traefik(String program) {
        write(
                "routes.yml",
                template("traefik-routes.yml")
                        .with("tls", tls("tls: {}"))
                        .with(
                                "certificates",
                                certificate
                                        .map(files -> "tls:\n  certificates:\n    - certFile: \"" + files.chain()
                                                + "\"\n      keyFile: \"" + files.key() + "\"")
                                        .orElse("")));
        return List.of(program, "--configfile=" + write("traefik.yml", template("traefik.yml")));
    }

    private List<String> caddy(String program) {
        var tls = certificate.map(files -> "tls \"" + files.chain() + "\" \"" + files.key() + "\"");
        var file = write("Caddyfile", template("Caddyfile").with("tls", tls.orElse("")));
        return List.of(program, "run", "--adapter", "caddyfile", "--config", file.toString());
    }

    private List<String> nginx(String program) {
        var lines = certificate.map(files ->
                "ssl_certificate \"" + files.chain() + "\";\n    ssl_certificate_key \"" + files.key() + "\";");
        var file = write(
                "nginx.conf", template("nginx.conf").with("ssl", tls(" ssl")).with("certificate", lines.orElse("")));
        return List.of(program, "-p", home.toString(), "-c", file.toString(), "-e", "stderr");
    }

    private List<String> haproxy(String program) {
        write("forward_auth.lua", template("forward_auth.lua"));
        var ssl = certificate.map(files -> " ssl crt \"" + files.both() + "\"").orElse("");
        var file = write("haproxy.cfg", template("haproxy.cfg").with("ssl", ssl));
        return List.of(program, "-db", "-f", file.toString());
    }

    private String tls(String words) {
        return certificate.isPresent() ? words : "";
    }

    private Template template(String name) {
        var template = Template.named("gateways/" + name)
                .with("scheme", site.scheme())
                .with("port", site.port())
                .with("domain", site.domain())
                .with("identityHost", site.host(Site.IDENTITY))
                .with("postern", backends.postern())
                .with("keycloak", backends.keycloak());
        for (var app : Site.APPS) {
            template = template.with(app + "Host", site.host(app))
                    .with(app, backends.apps().port(app));
        }
        return template;
    }

    private Path write(String name, Template template) {
        try {
            return Files.writeString(home.resolve(name), template.filled());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
