package io.github.postern.web;

/**
 * Nobody is signed in.
 *
 * @param target where to go after the login
 * @param notice why the page is shown, if there is more to say than "please sign in"
 * @param username the name that was typed; empty for none
 */
public record SignInView(Target target, Notice notice, String username) {
    private static final int NAME_BYTES = 255;

    public SignInView {
        username = HtmlText.bytes(username) > NAME_BYTES ? "" : username;
    }

    /** A page that nobody typed a name into. */
    public SignInView(Target target, Notice notice) {
        this(target, notice, "");
    }

    /** Why the sign-in page is shown. */
    public enum Notice {
        /** Somebody came here by themselves. */
        NONE(""),
        /** They are signed in, but not as strongly or as lately as the page needs. */
        LEVEL("You are signed in. This page needs you to confirm that, in the way it asks for."),
        /** A form was sent without a session: its content is gone. Gateway contract rule 18. */
        FORM_NOT_SENT("What you typed was not sent, because you were not signed in. "
                + "Sign in, then fill in the form once more."),
        /** The password form came without a name. */
        NAME_MISSING("Please enter your user name."),
        /** Name or password is wrong; which of them is nobody's business. */
        WRONG("User name or password is wrong."),
        /** Too many attempts for this name, or from this address. */
        TOO_OFTEN("There were too many attempts. Wait a minute, then try again."),
        /** Too many people sign in at the moment. */
        BUSY("We could not look at your password just now. Try again in a moment."),
        /** The password form was sent by a page that is not ours. */
        ELSEWHERE("This sign-in was sent by another site. If you want to sign in, enter your name and password here.");

        private final String text;

        Notice(String text) {
            this.text = text;
        }

        /** The sentence people read; empty for {@link #NONE}. */
        public String text() {
            return text;
        }

        /** Whether the sentence is about what was typed into the password form, and belongs beside it. */
        public boolean isOfPassword() {
            return switch (this) {
                case NONE, LEVEL, FORM_NOT_SENT -> false;
                case NAME_MISSING, WRONG, TOO_OFTEN, BUSY, ELSEWHERE -> true;
            };
        }
    }
}
