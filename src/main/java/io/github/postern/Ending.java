package io.github.postern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what is there, one after the other; one that fails keeps no other from its end. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private Ending() {}

    /** @param ends in this order */
    static void of(Runnable... ends) {
        for (Runnable end : ends) {
            try {
                end.run();
            } catch (RuntimeException | Error e) { // the process ends anyway, and what the others hold would be lost
                LOG.error("Something could not be ended", e);
            }
        }
    }
}
