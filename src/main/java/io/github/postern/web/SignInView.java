package io.github.postern.web;

/**
 * Nobody is signed in.
 *
 * @param target where to go after the login
 * @param notice why the page is shown, if there is more to say than "please sign in"
 */
public record SignInView(Target target, Notice notice) {

    /** Why the sign-in page is shown. */
    public enum Notice {
        /** Somebody came here by themselves. */
        NONE(""),
        /** They are signed in, but not as strongly or as lately as the page needs. */
        LEVEL("You are signed in. This page needs you to confirm that, in the way it asks for."),
        /** A form was sent without a session: its content is gone. Gateway contract rule 18. */
        FORM_NOT_SENT("What you typed was not sent, because you were not signed in. "
                + "Sign in, then fill in the form once more.");

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
