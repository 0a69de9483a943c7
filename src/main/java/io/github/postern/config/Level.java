package io.github.postern.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How strongly and how lately somebody must have signed in.
 *
 * @param acr authentication context classes of which one is needed, the best first; empty for any
 * @param maxAge how long ago the sign-in at the provider may be, in whole seconds
 */
public record Level(List<String> acr, Optional<Duration> maxAge) {
    /** Every sign-in will do. */
    public static final Level ANY = new Level(List.of(), Optional.empty());

    /** The claim that names the class of a sign-in. OpenID Connect Core, 2 */
    public static final String ACR = "acr";

    /** The claim that says when it was. OpenID Connect Core, 2 */
    public static final String AUTH_TIME = "auth_time";

    /** The parameter that asks for one of several classes. OpenID Connect Core, 3.1.2.1; RFC 9470, 3 */
    public static final String ACR_VALUES = "acr_values";

    /** The parameter that asks for a fresh sign-in. OpenID Connect Core, 3.1.2.1; RFC 9470, 3 */
    public static final String MAX_AGE = "max_age";

    public Level {
        acr = List.copyOf(acr);
    }

    /** The level of these two parameters; either may be empty. */
    public static Level of(String acrValues, String maxAge) {
        List<String> acr = Arrays.stream(acrValues.split(" ", -1))
                .filter(value -> !value.isEmpty())
                .toList();
        Optional<Duration> age =
                maxAge.matches("\\d{1,9}") ? Optional.of(Duration.ofSeconds(Long.parseLong(maxAge))) : Optional.empty();
        return new Level(acr, age);
    }

    /** Whether every sign-in will do. */
    public boolean isAny() {
        return acr.isEmpty() && maxAge.isEmpty();
    }

    /** The classes as a parameter carries them. */
    public String acrValues() {
        return String.join(" ", acr);
    }

    /** The age as a parameter carries it; empty for none. */
    public String maxAgeSeconds() {
        return maxAge.map(age -> String.valueOf(age.toSeconds())).orElse("");
    }

    /** As it stands in a query, such as {@code acr_values=2&max_age=900}; one level has one such text. */
    public String query() {
        String wanted = acr.isEmpty() ? "" : ACR_VALUES + "=" + URLEncoder.encode(acrValues(), StandardCharsets.UTF_8);
        String age = maxAge.isEmpty() ? "" : MAX_AGE + "=" + maxAgeSeconds();
        return wanted.isEmpty() || age.isEmpty() ? wanted + age : wanted + "&" + age;
    }
}
