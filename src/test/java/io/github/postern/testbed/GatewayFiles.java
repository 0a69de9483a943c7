package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of {@code docs/proxies} for one site, and the command that starts the proxy with them. Only host names, addresses and
 * paths are replaced; for a site without https, the lines about TLS go too.
 */
record GatewayFiles(Site site, Optional<Certificate> certificate, Backends backends, Path home) {
    private static final String CHAIN = "/etc/ssl/akko/tls.crt";
    private static final String KEY = "/etc/ssl/akko/tls.key";

    List<String> command(Gateway.Kind kind, String program) {
        return switch (kind) {
            case TRAEFIK -> traefik(program);
            case CADDY -> caddy(program);
            case NGINX -> nginx(program);
            case HAPROXY -> haproxy(program);
            case ENVOY -> envoy(program);
            case APACHE -> apache(program);
            case BUILTIN -> throw new IllegalArgumentException("the built-in gateway has no files");
        };
    }

    private List<String> traefik(String program) {
        var routes = names();
        if (certificate.isPresent()) {
            routes.putAll(tls());
        } else {
            routes.put("\ntls:\n  certificates:\n    - certFile: " + CHAIN + "\n      keyFile: " + KEY, "");
        }
        var server = new HashMap<>(Map.of(
                "\":443\"",
                '"' + listening() + '"',
                "/etc/traefik/dynamic.yaml",
                write("dynamic.yaml", "traefik/dynamic.yaml", routes).toString()));
        if (certificate.isEmpty()) {
            server.put("    http: {tls: {}}\n", "");
        }
        return List.of(program, "--configfile=" + write("traefik.yaml", "traefik/traefik.yaml", server));
    }

    private List<String> caddy(String program) {
        var names = names();
        var tls = "\ttls " + CHAIN + " " + KEY + "\n";
        if (certificate.isPresent()) {
            names.putAll(tls());
            names.put("http_port 80\n", "http_port " + Tomcat.freePort() + "\n");
            names.put("https_port 443\n", "https_port " + site.port() + "\n\tdefault_bind 127.0.0.1\n");
        } else {
            names.put(tls, "");
            names.put("http_port 80\n", "http_port " + site.port() + "\n\tdefault_bind 127.0.0.1\n");
            names.put("\thttps_port 443\n", "\tauto_https off\n");
            for (var host : List.of("identity.akko.local", "akko.local", "portal.akko.local", "mlflow.akko.local")) {
                names.put("\n" + host + " {", "\nhttp://" + names.get(host) + " {");
            }
            names.put("\njupyter.akko.local {", "\nhttp://" + names.get("jupyter.akko.local") + " {");
            names.keySet().removeIf(name -> name.endsWith("akko.local"));
        }
        return List.of(
                program,
                "run",
                "--adapter",
                "caddyfile",
                "--config",
                write("Caddyfile", "caddy/Caddyfile", names).toString());
    }

    private List<String> nginx(String program) {
        var names = names();
        // HTTP/2 as the page says how to switch it on
        names.put("listen 443 ssl", "listen " + listening() + (site.secure() ? " ssl http2" : ""));
        if (certificate.isPresent()) {
            names.putAll(tls());
        } else {
            names.put("ssl_certificate " + CHAIN + ";\nssl_certificate_key " + KEY + ";\n", "");
        }
        write("postern.conf", "nginx/postern.conf", names);
        var main = write("nginx.conf", Template.named("nginx.conf").filled());
        return List.of(program, "-p", home.toString(), "-c", main.toString(), "-e", "stderr");
    }

    private List<String> haproxy(String program) {
        var names = names();
        names.put(
                "bind :443 ssl crt /etc/ssl/akko/both.pem alpn h2,http/1.1",
                "bind " + listening()
                        + certificate
                                .map(files -> " ssl crt \"" + files.both() + "\" alpn h2,http/1.1")
                                .orElse(""));
        names.put(
                "/etc/haproxy/forward_auth.lua",
                write("forward_auth.lua", "haproxy/forward_auth.lua", Map.of()).toString());
        var file = write("haproxy.cfg", "haproxy/haproxy.cfg", names);
        return List.of(program, "-db", "-f", file.toString());
    }

    private List<String> envoy(String program) {
        var names = hosts();
        servers().forEach((name, address) -> names.put(pair(name), pair(address)));
        names.put("http://postern:4180", "http://" + servers().get("postern:4180"));
        names.put("address: 0.0.0.0, port_value: 443", pair(listening()));
        if (certificate.isPresent()) {
            names.putAll(tls());
        } else {
            names.put(between("        - transport_socket:\n", "          filters:\n"), "        - filters:\n");
        }
        var file = write("envoy.yaml", "envoy/envoy.yaml", names);
        return List.of(program, "-c", file.toString(), "--use-dynamic-base-id", "--concurrency", "1");
    }

    private List<String> apache(String program) {
        var address = servers().get("postern:4180").split(":");
        var lua = Map.of("HOST, PORT = \"postern\", 4180", "HOST, PORT = \"" + address[0] + "\", " + address[1]);
        var names = names();
        names.put("*:443", listening());
        names.put(
                "/etc/apache2/forward_auth.lua",
                write("forward_auth.lua", "apache/forward_auth.lua", lua).toString());
        if (certificate.isPresent()) {
            names.putAll(tls());
        } else {
            names.put(
                    "    SSLEngine on\n    SSLCertificateFile " + CHAIN + "\n    SSLCertificateKeyFile " + KEY + "\n",
                    "");
        }
        write("postern.conf", "apache/postern.conf", names);
        var main = Template.named("apache2.conf")
                .with("home", home)
                .with("listening", listening())
                .filled();
        return List.of(
                program, "-D", "FOREGROUND", "-f", write("apache2.conf", main).toString());
    }

    /** The names that stand in most of the files, and what they are called here. */
    private Map<String, String> names() {
        var names = hosts();
        names.putAll(servers());
        return names;
    }

    private Map<String, String> hosts() {
        return new HashMap<>(Map.of(
                "identity.akko.local", site.host(Site.IDENTITY),
                "akko.local", site.domain(),
                "portal.akko.local", site.host("portal"),
                "mlflow.akko.local", site.host("console"),
                "jupyter.akko.local", site.host("live")));
    }

    private Map<String, String> servers() {
        return Map.of(
                "keycloak:8080", local(backends.keycloak()),
                "postern:4180", local(backends.postern()),
                "portal:8080", local(backends.apps().port("portal")),
                "mlflow:5000", local(backends.apps().port("console")),
                "jupyter:8888", local(backends.apps().port("live")));
    }

    private Map<String, String> tls() {
        var files = certificate.orElseThrow();
        return Map.of(CHAIN, files.chain().toString(), KEY, files.key().toString());
    }

    private String listening() {
        return local(site.port());
    }

    private static String local(int port) {
        return "127.0.0.1:" + port;
    }

    /** An address as Envoy spells it. */
    private static String pair(String address) {
        return "address: " + address.replace(":", ", port_value: ");
    }

    /** A passage of Envoy's file, from this line up to, and with, that one. */
    private static String between(String first, String last) {
        var text = Documented.file("proxies/envoy/envoy.yaml").text();
        var start = text.indexOf(first);
        return text.substring(start, text.indexOf(last, start) + last.length());
    }

    private Path write(String name, String documented, Map<String, String> names) {
        return write(name, Documented.file("proxies/" + documented).with(names));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(home.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
