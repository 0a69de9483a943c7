package io.github.postern.web;

import io.github.postern.gate.Caller;

/**
 * Who is signed in, and the way out.
 *
 * @param person who it is
 * @param since when they signed in
 * @param until when the session ends at the latest
 * @param signOut what the sign-out form carries
 * @param listed whether there is a list of the user's sessions
 */
public record AccountView(Person person, Moment since, Moment until, SignOutForm signOut, boolean listed) {
    /** As the session knows them. */
    public static AccountView of(Caller caller, SignOutForm signOut) {
        return of(caller, signOut, false);
    }

    /** The same, with a link to the list of sessions where there is one. */
    public static AccountView of(Caller caller, SignOutForm signOut, boolean listed) {
        return new AccountView(
                Person.of(caller), Moment.of(caller.since()), Moment.of(caller.until()), signOut, listed);
    }
}
