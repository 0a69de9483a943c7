package io.github.postern.gate;

import io.github.postern.config.Level;
import io.github.postern.config.RuleBook;
import io.github.postern.forwarded.ForwardedRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The rules of {@code access-rules-file}: which of them decide about a request. */
public final class AccessRules {
    private final Supplier<RuleBook> book;
    private volatile RuleIndex index;

    /** @param book the rules as they are now; asked at every check */
    public AccessRules(Supplier<RuleBook> book) {
        this.book = book;
        this.index = new RuleIndex(book.get());
    }

    /** No rules: the options for every app decide. */
    public static AccessRules none() {
        return new AccessRules(() -> RuleBook.EMPTY);
    }

    /** Whether there are none, so that nobody need find out what was asked. */
    public boolean isEmpty() {
        return book.get().rules().isEmpty();
    }

    /** Which rules decide about this request. */
    public Ruling ruling(ForwardedRequest asked) {
        return current().ruling(asked);
    }

    /** The headers that some rule hands out: an answer carries all of them, or a client's own would get through. */
    public List<String> headerNames() {
        return book.get().headerNames();
    }

    /** The claims that sessions must keep for these rules. */
    public Set<String> claims() {
        return book.get().claims();
    }

    /** Whether a rule asks for just this level; nobody else can make people sign in at one. */
    public boolean demands(Level level) {
        return !level.isAny()
                && book.get().rules().stream().anyMatch(rule -> rule.level().equals(level));
    }

    /** Two threads may build it at once after a change of the file; both build the same. */
    private RuleIndex current() {
        RuleBook now = book.get();
        RuleIndex known = index;
        if (known.book() != now) {
            known = new RuleIndex(now);
            index = known;
        }
        return known;
    }
}
