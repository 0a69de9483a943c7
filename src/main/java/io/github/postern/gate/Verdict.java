package io.github.postern.gate;

import io.github.postern.config.AppHeaders;
import io.github.postern.config.Level;

/** What is to become of a request. */
public sealed interface Verdict {
    /**
     * It may pass.
     *
     * @param headers what the app wants to be told besides
     * @param rule the rule or the option that lets it pass; empty where no single one does
     */
    record Pass(AppHeaders headers, String rule) implements Verdict {
        static final Pass PLAIN = new Pass(AppHeaders.NONE, "");

        static Pass by(String rule) {
            return new Pass(AppHeaders.NONE, rule);
        }
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
