package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No page of another site can sign people out by an image, a link or a form. */
final class WishTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "address bar               | none        | navigate | -                         | true",
                "our own button            | same-origin | navigate | https://akko.local        | true",
                "our own script            | same-origin | cors     | https://akko.local        | true",
                "a link in an app          | same-site   | navigate | -                         | true",
                "an image in an app        | same-site   | no-cors  | -                         | false",
                "a link on another site    | cross-site  | navigate | -                         | false",
                "an image on another site  | cross-site  | no-cors  | -                         | false",
                "a form on another site    | cross-site  | navigate | https://evil.example      | false",
                "old browser, our form     | -           | -        | https://akko.local        | true",
                "old browser, other form   | -           | -        | https://evil.example      | false",
                "old browser, opaque       | -           | -        | null                      | false",
                "a program                 | -           | -        | -                         | true",
            })
    void tellsTheUsersWishFromAnotherSites(String what, String site, String mode, String origin, boolean users) {
        var request = FakeRequest.get("/oauth2/sign_out");
        put(request, "Sec-Fetch-Site", site);
        put(request, "Sec-Fetch-Mode", mode);
        put(request, "Origin", origin);
        boolean isOurs = "https://akko.local".equals(origin);
        assertThat(new Wish(request.toRequest(), source -> isOurs).isTheUsers()).isEqualTo(users);
    }

    @ParameterizedTest
    @CsvSource({"same-origin, true", "same-site, false", "cross-site, false", "none, false"})
    void aSiblingAppPostsNothingThatOnlyOurPagePosts(String site, boolean ours) {
        var request = FakeRequest.get("/oauth2/sessions").header("Sec-Fetch-Site", site);
        put(request, "Sec-Fetch-Mode", "navigate");
        assertThat(new Wish(request.toRequest(), source -> true).isFromOurPage())
                .isEqualTo(ours);
    }

    private static void put(FakeRequest request, String name, String value) {
        if (value != null) {
            request.header(name, value);
        }
    }
}
