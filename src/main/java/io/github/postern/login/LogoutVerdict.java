package io.github.postern.login;

/** What became of a provider's word that sessions are over. */
public sealed interface LogoutVerdict {
    /**
     * They are over here too, if there were any.
     *
     * @param subject whose; empty where the provider named the session only
     * @param all whether all sessions of the user were meant
     */
    record Done(String subject, boolean all) implements LogoutVerdict {}

    /**
     * The word does not count.
     *
     * @param why for the operator; may hold what strangers sent
     */
    record Refused(String why) implements LogoutVerdict {}

    /**
     * It cannot be told, or not be done, just now.
     *
     * @param why for the operator
     */
    record Undecided(String why) implements LogoutVerdict {}
}
