package io.github.postern.gate;

import io.github.postern.config.AppHeaders;
import io.github.postern.config.Level;

/** What is to become of a request. */
public sealed interface Verdict {
    /**
     * It may pass.
     *
     * @param headers what the app wants to be told besides
     */
    record Pass(AppHeaders headers) implements Verdict {
        static final Pass PLAIN = new Pass(AppHeaders.NONE);
    }

    /** It may not, whoever asks. */
    record Refused(Refusal refusal) implements Verdict {}

    /**
     * Its sender must sign in again, at a level.
     *
     * @param rule the rule that asks for it
     */
    record StepUp(String rule, Level level) implements Verdict {}

    /** Its sender must sign in. */
    record SignIn() implements Verdict {
        static final SignIn NEEDED = new SignIn();
    }
}
