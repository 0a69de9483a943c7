package io.github.postern.config;

import io.github.postern.config.Settings.Notice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong or worth knowing while settings are read, so that all of it can be told at once. */
final class Findings {
    private final Set<String> mistakes = new LinkedHashSet<>();
    private final Set<Notice> notices = new LinkedHashSet<>();

    /** @param sentence what is wrong and how to mend it */
    void mistake(Option option, String sentence) {
        mistake(option.flag() + ": " + sentence);
    }

    void mistake(String line) {
        mistakes.add(line);
    }

    /** A setting that lowers protection. */
    void weak(String line) {
        notices.add(new Notice(true, line));
    }

    /** Something the operator should know. */
    void note(String line) {
        notices.add(new Notice(false, line));
    }

    void notice(Notice notice) {
        notices.add(notice);
    }

    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** Ends the reading if anything was wrong. */
    void throwIfMistaken() {
        if (!mistakes.isEmpty()) {
            throw new InvalidSettings(List.copyOf(mistakes));
        }
    }
}
