package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeRequest;
import io.github.postern.gate.Offered;
import io.github.postern.gate.SessionMechanism;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A page is redirected to itself only where its browser did not get the cookie it was offered, and seldom. */
final class HandoverTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Handover handover = new Handover(() -> now);

    @Test
    void theFirstOfferMayYetArrive() {
        assertThat(page("1", "2")).isFalse();
    }

    @Test
    void anOfferThatDidNotArriveIsMadeByARedirect() {
        page("1", "2");
        pass(10);
        assertThat(page("1", "2")).isTrue();
    }

    @Test
    void requestsThatCameTogetherAreLeftAlone() {
        page("1", "2");
        assertThat(page("1", "2")).isFalse();
    }

    @Test
    void anOfferThatArrivedIsFollowedByAnother() {
        page("1", "2");
        pass(300);
        assertThat(page("2", "3")).isFalse();
        pass(10);
        assertThat(page("2", "3")).isTrue();
    }

    @Test
    void aRenewalBetweenTwoPagesHidesNothing() {
        page("1", "2");
        pass(300);
        assertThat(page("1", "3")).isTrue();
    }

    @Test
    void aBrowserThatKeepsNoCookiesDoesNotGoRoundInCircles() {
        int redirects = 0;
        for (int i = 0; i < 1000; i++) {
            redirects += page("1", "2") ? 1 : 0;
            pass(30);
        }
        assertThat(redirects).isEqualTo(1);
    }

    @Test
    void noBrowserIsRedirectedTwiceAMinute() {
        int redirects = 0;
        for (int second = 0; second < 600; second++) {
            redirects += page("1", "renewed " + second) ? 1 : 0;
            pass(1);
        }
        assertThat(redirects).isBetween(2, 10);
    }

    @Test
    void aNewCookieForTheSameSessionIsMadeSureOfToo() {
        page("1", "1");
        pass(10);
        assertThat(page("1", "1")).isTrue();
        pass(10);
        assertThat(page("2", "2")).isFalse();
    }

    @Test
    void programsAreNeverRedirectedAndTakeNobodysTurn() {
        page("1", "2");
        pass(10);
        assertThat(handover.isDue(FakeRequest.get("/").toRequest(), () -> true)).isFalse();
        assertThat(ask("1", "2", false)).isFalse();
        assertThat(page("1", "2")).isTrue();
    }

    private void pass(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    private boolean page(String sent, String version) {
        return ask(sent, version, true);
    }

    private boolean ask(String sent, String version, boolean isPage) {
        var request = FakeRequest.get("/oauth2/auth").toRequest();
        request.setAttribute(SessionMechanism.OFFERED, new Offered("s", sent, version));
        return handover.isDue(request, () -> isPage);
    }
}
