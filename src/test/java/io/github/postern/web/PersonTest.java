package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.gate.Caller;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PersonTest {
    @ParameterizedTest
    @CsvSource({"alice,alice@akko.local,alice", "'',alice@akko.local,alice@akko.local", "'','',5f1c"})
    void isCalledByTheFirstNameThatIsKnown(String user, String email, String name) {
        assertThat(Person.of(new Caller("5f1c", email, user, List.of(), Instant.EPOCH, Instant.MAX)))
                .isEqualTo(new Person(name, email, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "20,20,0", "21,20,1", "200,20,180"})
    void showsTwentyGroupsAtOnce(int all, int first, int more) {
        var person = new Person("alice", "", Collections.nCopies(all, "group"));
        assertThat(person.firstGroups()).hasSize(first);
        assertThat(person.moreGroups()).hasSize(more);
    }
}
