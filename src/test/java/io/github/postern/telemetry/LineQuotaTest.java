package io.github.postern.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class LineQuotaTest {
    @Test
    void aFloodLeavesAFewLinesAndANumber() {
        var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        var quota = new LineQuota(2, now::get);
        assertThat(quota.take()).hasValue(0);
        assertThat(quota.take()).hasValue(0);
        for (int i = 0; i < 5; i++) {
            assertThat(quota.take()).isEmpty();
        }
        now.set(now.get().plusSeconds(59));
        assertThat(quota.take()).isEmpty();
        now.set(now.get().plusSeconds(1));
        assertThat(quota.take()).hasValue(6);
        assertThat(quota.take()).hasValue(0);
        assertThat(quota.take()).isEmpty();
    }
}
