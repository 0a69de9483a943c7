package io.github.postern;

import io.github.postern.config.EffectiveSettings;
import io.github.postern.config.Help;
import io.github.postern.config.InvalidSettings;
import io.github.postern.config.Purpose;
import io.github.postern.config.ServerSettings;
import io.github.postern.config.Settings;
import io.github.postern.config.SettingsReader;
import io.github.postern.gate.Explanation;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code bin/postern} runs before Tomcat: it reads the settings, says what is wrong with them, and tells the script where to listen.
 * It answers {@code --help}, {@code --version} and {@code --config-test} by itself. Needs neither Tomcat nor the network.
 */
public final class Launcher {
    /** The settings are right, and what is printed is {@code NAME=VALUE} a line, for the server's environment. */
    static final int SERVE = 0;

    /** The settings are wrong; nothing starts. */
    static final int REFUSED = 1;

    /** What was asked is answered, and what is printed is for people; nothing starts. */
    static final int ANSWERED = 10;

    /** What {@code --flag} arguments {@code bin/postern} was given, one per line. */
    private static final String FLAGS_VARIABLE = "POSTERN_ARGS";

    private static final Set<String> HELP = Set.of("--help", "-h", "--help=true");

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Launcher(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    /** Takes no arguments: a command line is everybody's to read, so the flags come in the environment. */
    public static void main(String[] unused) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Launcher(System.getenv(), out, err).run());
    }

    /** The flags that {@code bin/postern} hands on, to itself and to the application in its Tomcat. */
    static List<String> flags(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(FLAGS_VARIABLE)).stream()
                .flatMap(String::lines)
                .toList();
    }

    /**
     * What the operator asked for; nothing is started.
     *
     * @throws InvalidSettings with every mistake, those in {@code OTEL_} variables among them
     */
    static Settings settings(List<String> flags, Map<String, String> environment) {
        List<String> mistakes = TraceParts.mistakes(environment);
        try {
            Settings settings = SettingsReader.read(flags, environment);
            if (mistakes.isEmpty()) {
                return settings;
            }
        } catch (InvalidSettings e) {
            throw new InvalidSettings(
                    Stream.concat(e.mistakes().stream(), mistakes.stream()).toList());
        }
        throw new InvalidSettings(mistakes);
    }

    /** The exit code. */
    int run() {
        if (flags(environment).stream().anyMatch(HELP::contains)) {
            Help.lines().forEach(out::println);
            return ANSWERED;
        }
        var question = Question.in(flags(environment));
        Purpose purpose = Purpose.of(question.flags());
        if (purpose == Purpose.TELL_VERSION) {
            out.println(Versions.line(Optional.ofNullable(environment.get("CATALINA_HOME"))));
            return ANSWERED;
        }
        try {
            Settings settings = settings(question.flags(), environment);
            return purpose == Purpose.TEST_SETTINGS ? answer(settings, question) : serve(settings, question);
        } catch (InvalidSettings e) {
            return refuse(e.mistakes());
        }
    }

    private int serve(Settings settings, Question question) {
        if (question.isAsked()) {
            return refuse(List.of(Question.FLAG + ": is a question to --config-test; give that flag too"));
        }
        environmentOf(settings.server()).forEach(out::println);
        return SERVE;
    }

    private int answer(Settings settings, Question question) {
        if (question.isAsked()) {
            return explain(settings, question.words());
        }
        EffectiveSettings.lines(question.flags(), environment).forEach(out::println);
        out.println();
        for (Settings.Notice notice : settings.notices()) {
            out.println("# " + (notice.weak() ? "WARNING: " : "") + notice.text());
        }
        TraceParts.notice(environment).ifPresent(notice -> out.println("# " + notice));
        out.println("configuration is valid");
        return ANSWERED;
    }

    /**
     * Says which access rule decides about a request, and why.
     *
     * @param settings as the gateway would start with
     * @param words what follows {@code --explain}: {@code USER METHOD URL}, then what else is known of the user
     * @return the exit code
     */
    int explain(Settings settings, List<String> words) {
        try {
            Explanation.of(settings, words).forEach(out::println);
            return ANSWERED;
        } catch (IllegalArgumentException e) {
            return refuse(List.of(Question.FLAG + ": " + e.getMessage()));
        }
    }

    private int refuse(List<String> mistakes) {
        mistakes.forEach(mistake -> err.println("Wrong setting: " + mistake));
        return REFUSED;
    }

    /** What {@code server.xml} reads; an address that nobody named is left to the script. */
    private static List<String> environmentOf(ServerSettings server) {
        var lines = new ArrayList<String>();
        server.address().ifPresent(address -> {
            lines.add("POSTERN_ADDRESS=" + address.host());
            lines.add("POSTERN_PORT=" + address.port());
        });
        server.tls().ifPresent(tls -> {
            lines.add("POSTERN_TLS=true");
            lines.add("POSTERN_TLS_CERTIFICATE=" + tls.certificate());
            lines.add("POSTERN_TLS_KEY=" + tls.key());
            lines.add("POSTERN_TLS_PROTOCOLS=" + String.join("+", tls.protocols()));
            if (!tls.suites().isEmpty()) {
                lines.add("POSTERN_TLS_CIPHERS=" + String.join(":", tls.suites()));
            }
        });
        return lines;
    }

    /**
     * The command line, taken apart.
     *
     * @param flags what sets something
     * @param isAsked whether there is a question besides
     * @param words the question: the words that follow {@code --explain}, up to the next flag
     */
    record Question(List<String> flags, boolean isAsked, List<String> words) {
        static final String FLAG = "--explain";

        /** What is known of the user may be written as flags too: {@code --groups a,b}. */
        private static boolean belongs(String word) {
            return !word.startsWith("--") || word.matches("--(groups?|roles?|acr|age|claim[.].+?)(=.*)?");
        }

        static Question in(List<String> arguments) {
            int at = arguments.indexOf(FLAG);
            if (at < 0) {
                return new Question(arguments, false, List.of());
            }
            int end = at + 1;
            while (end < arguments.size() && belongs(arguments.get(end))) {
                end++;
            }
            var flags = new ArrayList<>(arguments.subList(0, at));
            flags.addAll(arguments.subList(end, arguments.size()));
            return new Question(List.copyOf(flags), true, List.copyOf(arguments.subList(at + 1, end)));
        }
    }
}
