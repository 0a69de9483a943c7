package io.github.postern.telemetry;

/** Hears what happens, beside the log: on the thread of the request, which it must not hold up. */
public interface Listener {
    /** Hears nothing. */
    Listener NONE = new Listener() {
        @Override
        public void checked(Outcome outcome, String rule, String reason, long nanos) {}

        @Override
        public void happened(Event event) {}
    };

    /**
     * A check was decided.
     *
     * @param rule the access rule or the option that decided; empty where no single one did. Strangers cannot make one up
     * @param reason why, in a word of ours; empty where there is nothing to say
     * @param nanos since the request began
     */
    void checked(Outcome outcome, String rule, String reason, long nanos);

    /** Something else happened: a sign-in, a sign-out, a renewal, a fault. */
    void happened(Event event);
}
