package io.github.postern.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Our own corpus of targets that try to leave: every trick with every spelling of it. RDT-01. */
final class RedirectPayloads {
    private static final String EVIL = "evil.example";
    private static final List<String> SLASHES =
            List.of("/", "\\", "%2f", "%5c", "%252f", "%255C", "\uff0f", "\u2215", "\u29f5");
    private static final List<String> INVISIBLE = List.of(
            "\t",
            "\n",
            "\r",
            "\u000b",
            "\f",
            " ",
            "\u0000",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u200b",
            "\u2028",
            "\u3000",
            "\ufeff",
            "%09",
            "%0a",
            "%0D",
            "%0b",
            "%00",
            "%20",
            "%2509",
            "%250d%250a",
            "%C2%85",
            ".",
            "..",
            "%2e%2e",
            ";",
            "..;");
    private static final List<String> HOSTS = List.of(
            EVIL,
            "akko.local." + EVIL,
            "akko.local.",
            "akko.local..",
            ".akko.local",
            "app..akko.local",
            "akko-local",
            "notakko.local",
            "akko.localevil",
            "akko.local%2e" + EVIL,
            "akko.local%00." + EVIL,
            "akko.local%2f." + EVIL,
            "akko.local%23." + EVIL,
            "akko.local\\." + EVIL,
            "akko.local\\@" + EVIL,
            "akko.local&." + EVIL,
            "akko.local,." + EVIL,
            "akko.local;." + EVIL,
            "akko.local`." + EVIL,
            "akko.local'." + EVIL,
            "akko.local|." + EVIL,
            "akko.local^." + EVIL,
            "akko.local " + EVIL,
            "akko.local\t." + EVIL,
            "akko.local\u3002" + EVIL,
            "akko\u3002local",
            "akko\uff0elocal",
            "a\u212a\u212ao.local",
            "a\u212ako.local",
            "\uff41kko.local",
            "akk\u043e.local",
            "akko.loc\u00e4l",
            "xn--akk-jed.local",
            "\u2488.akko.local",
            "evil.example\uff0f.akko.local",
            "evil.example\u2044.akko.local",
            "evil.example\u2100.akko.local",
            "evil.example\uff03.akko.local",
            "evil.example\uff1f.akko.local",
            "evil.example\uff20akko.local",
            "evil.example%ef%bc%8f.akko.local",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[akko.local]",
            "[::1]akko.local",
            "[::1].akko.local",
            "2130706433",
            "0x7f.1",
            "127.0.0.1",
            "017700000001",
            "$" + EVIL,
            "*.akko.local",
            "%61kko.local",
            "-",
            "");
    private static final List<String> USERS = List.of(
            "akko.local@",
            "akko.local:443@",
            "akko.local%40@",
            "user:pass@",
            "@",
            ":@",
            "akko.local%2f@",
            "akko.local/@",
            "akko.local?@",
            "akko.local#@",
            "akko.local\\@",
            "akko.local;@",
            "a@b@",
            "https:akko.local@",
            "[@",
            "akko.local\u0000@");
    private static final List<String> SCHEMES = List.of(
            "javascript:",
            "JaVaScRiPt:",
            "java\tscript:",
            "javascript://akko.local/%0a",
            "vbscript:",
            "data:text/html,",
            "file:///",
            "ftp://",
            "ws://",
            "wss://",
            "blob:https://",
            "view-source:https://",
            "intent://",
            "mailto:",
            "about:",
            "tel:",
            "ssh://",
            "jar:https://",
            "feed:https://",
            "https:",
            "https:/",
            "https:///",
            "https:////",
            "https:\\\\",
            "https:/\\",
            "https:\\/",
            "http:",
            "http:/",
            "http:///",
            "http:\\\\",
            "HTTPS://",
            "hTTp://",
            " https://",
            "\thttps://",
            "ht\ntps://",
            "https\t://",
            "https :",
            "//https://",
            "\u0001https://",
            "https%3a//",
            "https:%2f%2f",
            "https;//",
            "http+unix://",
            "://",
            ":",
            "//");
    private static final List<String> PORTS = List.of(
            ":8443",
            ":80",
            ":0",
            ":00443",
            ":65536",
            ":99999999999",
            ":-1",
            ":+443",
            ": 443",
            ":4 43",
            ":",
            "::443",
            ":443:80",
            ":*",
            ":\uff14\uff14\uff13",
            ":0x1bb",
            ":443@evil.example",
            ":443.evil.example",
            ":x");

    private RedirectPayloads() {}

    static Set<String> all() {
        Set<String> payloads = new TreeSet<>();
        slashes().forEach(payloads::add);
        hosts().forEach(payloads::add);
        paths().forEach(payloads::add);
        return payloads;
    }

    private static Stream<String> slashes() {
        var found = new ArrayList<String>();
        for (String one : SLASHES) {
            for (String two : SLASHES) {
                found.add(one + two + EVIL);
                found.add(one + two + one + EVIL + "/x");
                found.add("/" + one + two + EVIL);
                found.add("https:" + one + two + EVIL);
                found.add("https:" + one + two + "akko.local@" + EVIL);
            }
            for (String between : INVISIBLE) {
                found.add("/" + between + one + EVIL);
                found.add(between + one + one + EVIL);
                found.add(one + between + one + EVIL + "/" + between);
                found.add("/x/" + between + one + EVIL);
            }
        }
        return found.stream();
    }

    private static Stream<String> hosts() {
        var found = new ArrayList<String>();
        HOSTS.forEach(host -> List.of("https://", "http://", "//", "/\\", "https:\\\\")
                .forEach(start -> found.add(start + host + "/")));
        HOSTS.forEach(host -> List.of("?", "#", "\\", ":443").forEach(end -> found.add("https://" + host + end)));
        USERS.forEach(user -> List.of(EVIL, "akko.local", "evil.example#.akko.local", "evil.example?.akko.local")
                .forEach(host -> found.add("https://" + user + host + "/")));
        SCHEMES.forEach(scheme -> List.of(EVIL, "akko.local", "alert(1)").forEach(host -> found.add(scheme + host)));
        PORTS.forEach(port ->
                List.of("akko.local", "app.akko.local").forEach(host -> found.add("https://" + host + port + "/")));
        return found.stream();
    }

    private static Stream<String> paths() {
        return Stream.of("/", "https://akko.local/", "https://app.akko.local//")
                .flatMap(start -> Stream.of(
                                "../evil.example",
                                "./x",
                                "x/../../y",
                                "%2e%2e/x",
                                "%252e%252e/x",
                                "..%2fx",
                                "..%5cx",
                                "..;/x",
                                "x/..",
                                "%0d%0aSet-Cookie:%20x=1",
                                "%0d%0a%0d%0a<script>",
                                "\r\nSet-Cookie: x=1",
                                "%E5%98%8A%E5%98%8D",
                                "%00",
                                "x\\y",
                                "oauth2/sign_out",
                                "oauth2/sign_in",
                                "oauth2/start?rd=/",
                                "oauth2/callback?code=x",
                                "oauth2/auth",
                                "oauth2",
                                "OAuth2/Sign_Out",
                                "%6fauth2/sign_out",
                                "%256fauth2/sign_out",
                                "oauth2%2fsign_out",
                                "oauth2;x/sign_out",
                                "oauth2/./sign_out",
                                "x/../oauth2/sign_out",
                                "\uff4fauth2/sign_out",
                                "oauth2%3fx",
                                "oauth2 /sign_out",
                                "/oauth2/sign_out",
                                ";/oauth2/sign_out",
                                "%2foauth2/sign_out",
                                "oauth2\\sign_out")
                        .map(path -> start + path));
    }
}
