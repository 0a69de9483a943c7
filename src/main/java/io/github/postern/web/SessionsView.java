package io.github.postern.web;

import java.util.List;

/**
 * The sessions of whoever is signed in, and for administrators those of somebody else.
 *
 * @param kept whether sessions are kept on the server: others cannot be listed or ended
 * @param notice what is to be said first
 * @param mine the user's own, the one used last first
 * @param search what an administrator looks for
 */
public record SessionsView(boolean kept, Notice notice, List<SessionRow> mine, Search search) {
    public SessionsView {
        mine = List.copyOf(mine);
    }

    /** Whether any of the user's own sessions is another one than this. */
    public boolean hasOthers() {
        return mine.stream().anyMatch(row -> !row.current());
    }

    /**
     * What an administrator looks for.
     *
     * @param offered whether the user is an administrator
     * @param who a name, an address or a subject; empty for nobody yet
     * @param found everybody who goes by it and is signed in
     */
    public record Search(boolean offered, String who, List<Found> found) {
        /** For whoever is no administrator. */
        public static final Search NONE = new Search(false, "", List.of());

        public Search {
            found = List.copyOf(found);
        }
    }

    /**
     * Somebody who is signed in.
     *
     * @param person who it is; groups are not known
     * @param subject what the provider calls them
     * @param sessions at least one
     */
    public record Found(Person person, String subject, List<SessionRow> sessions) {
        public Found {
            sessions = List.copyOf(sessions);
        }
    }

    /** What is said first. */
    public enum Notice {
        /** Nothing. */
        NONE(""),
        /** A form of another site's was sent with the user's session. */
        ELSEWHERE(
                "Another site tried to end sessions in your name. Nothing was done. If you want it, press the button here.");

        private final String text;

        Notice(String text) {
            this.text = text;
        }

        /** The sentence people read; empty for {@link #NONE}. */
        public String text() {
            return text;
        }
    }
}
