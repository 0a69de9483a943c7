package io.github.postern.testbed;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a navigation ended.
 *
 * @param hops every request on the way, the last one included
 */
public record Page(URI address, Message answer, List<Hop> hops) {
    private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern INPUT = Pattern.compile("(?is)<(?:input|button)\\b([^>]*)>");

    /** One request and the status of its answer. */
    public record Hop(String method, URI address, int status) {}

    /** A form: where it goes and what it holds. */
    public record Form(URI action, Map<String, String> values) {}

    public Page {
        hops = List.copyOf(hops);
    }

    public int status() {
        return answer.status();
    }

    public String text() {
        return answer.text();
    }

    /** The page's first form with its hidden fields. */
    public Optional<Form> form() {
        var form = FORM.matcher(text());
        if (!form.find()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        var inputs = INPUT.matcher(form.group(2));
        while (inputs.find()) {
            var value = attribute(inputs.group(1), "value").orElse("");
            attribute(inputs.group(1), "name").ifPresent(name -> values.put(name, value));
        }
        var action = attribute(form.group(1), "action").orElse("");
        return Optional.of(new Form(address.resolve(action), values));
    }

    private static Optional<String> attribute(String tag, String name) {
        var found = Pattern.compile("(?is)(?:^|\\s)" + name + "\\s*=\\s*\"([^\"]*)\"")
                .matcher(tag);
        return found.find() ? Optional.of(found.group(1).replace("&amp;", "&")) : Optional.empty();
    }
}
