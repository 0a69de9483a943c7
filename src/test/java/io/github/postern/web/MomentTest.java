package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MomentTest {
    @Test
    void isReadByPeopleAndMachinesInUtc() {
        assertThat(Moment.of(Instant.parse("2026-12-01T08:05:59.123Z")))
                .isEqualTo(new Moment("2026-12-01T08:05:59Z", "1 December 2026, 08:05 UTC"));
    }

    @Test
    void theEndOfABrowserSessionHasNoTime() {
        assertThat(Moment.of(Instant.MAX)).isEqualTo(new Moment("", "when you close the browser"));
    }

    @Test
    void whatNoCalendarHoldsBreaksNoPage() {
        assertThat(Moment.of(Instant.MIN)).isEqualTo(new Moment("", "unknown"));
    }
}
