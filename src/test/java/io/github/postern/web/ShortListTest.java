package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShortListTest {
    @Test
    void showsAllThatFit() {
        assertThat(ShortList.of(List.of("a", "b"), 600)).isEqualTo(new ShortList(List.of("a", "b"), 0));
    }

    @Test
    void countsWhatItHides() {
        var list = ShortList.of(Collections.nCopies(100, "group"), 600);
        assertThat(list.shown()).hasSize(23);
        assertThat(list.hidden()).isEqualTo(77);
    }

    @ParameterizedTest
    @CsvSource({"abcdefgh,8,abcdefgh", "abcdefghi,8,abcde…", "🦊🦊🦊,12,🦊🦊🦊", "🦊🦊🦊,11,🦊🦊…", "<<<,12,<…", "é,2,é"
    })
    void cutsBetweenCharactersAndCountsEscapes(String text, int bytes, String expected) {
        assertThat(HtmlText.clip(text, bytes)).isEqualTo(expected);
    }
}
