package io.github.postern.telemetry;

import java.util.List;

/**
 * What a line tells of the request it is about: the user's own request where a proxy we trust told it, else the one that reached us.
 *
 * @param client the user's address
 * @param host the host the user typed
 * @param method the user's method
 * @param path the user's path, percent-encoded, without query
 * @param protocol that of the connection to us, such as {@code HTTP/1.1}
 * @param userAgent the user's program
 * @param username the e-mail address of who is signed in, else the subject; empty for nobody
 * @param id what names this request in every line about it
 * @param named whether the id came with the request and so is known elsewhere
 * @param traceId the trace the request belongs to (W3C Trace Context 3.2.2.3); empty for none
 */
public record Question(
        String client,
        String host,
        String method,
        String path,
        String protocol,
        String userAgent,
        String username,
        String id,
        boolean named,
        String traceId) {
    static final Question NONE = new Question("", "", "", "", "", "", "", "", false, "");

    /** What a field holds that lines about decisions and about requests both have; empty for nothing and for other fields. */
    String field(String name) {
        return switch (name) {
            case "Client" -> Printable.of(client);
            case "Host" -> Printable.of(host);
            case "Protocol" -> Printable.of(protocol);
            case "RequestID" -> Printable.of(id);
            case "RequestMethod" -> Printable.of(method);
            case "UserAgent" -> Printable.quoted(Printable.of(userAgent));
            case "Username" -> Printable.of(username);
            default -> "";
        };
    }

    /** Everything but the program, by the names that JSON lines have for it; empty where nothing is known. */
    List<Event.Fact> facts() {
        return List.of(
                new Event.Fact("request_id", id, false),
                new Event.Fact("trace_id", traceId, false),
                new Event.Fact("client", client, false),
                new Event.Fact("user", username, false),
                new Event.Fact("method", method, false),
                new Event.Fact("host", host, false),
                new Event.Fact("path", path, false));
    }

    /** Whom a line about it names: whom the event is about, else who is signed in; empty where the event's own facts say it. */
    String user(Event event) {
        if (!event.fact("user").isEmpty()) {
            return "";
        }
        return event.username().isEmpty() ? username : event.username();
    }

    /** The names by which it is known elsewhere. */
    void writeNames(JsonText json) {
        json.told("request_id", id).told("trace_id", traceId);
    }

    /** What was asked for. */
    void writeTarget(JsonText json) {
        json.told("method", method).told("host", host).told("path", path);
    }
}
