package io.github.postern.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.postern.testbed.Keycloak;
import io.github.postern.testbed.Realm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** What an administrator does in Keycloak's console, by the interface that the console itself uses. */
final class KeycloakAdmin {
    private final Keycloak keycloak;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    public KeycloakAdmin(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    /** Ends all of a user's sessions; clients with a back channel are told. */
    public void signOut(String user) {
        send("POST", "/users/" + id(user) + "/logout", json.createObjectNode());
    }

    /** Switches an account off or on again. */
    public void enable(String user, boolean enabled) {
        var account = (ObjectNode) get("/users?exact=true&username=" + user).get(0);
        send("PUT", "/users/" + id(user), account.put("enabled", enabled));
    }

    /** Sets something of the realm, such as {@code revokeRefreshToken}. */
    public void realm(Map<String, Object> settings) {
        send("PUT", "", json.valueToTree(settings));
    }

    /** Sets an attribute of our client, such as {@code backchannel.logout.url}. */
    public void client(String attribute, String value) {
        var client = (ObjectNode) get("/clients?clientId=" + Realm.CLIENT).get(0);
        client.withObjectProperty("attributes").put(attribute, value);
        send("PUT", "/clients/" + client.get("id").asText(), client);
    }

    /** Begins to record refreshes anew. */
    public void recordEvents() {
        var settings = (ObjectNode) get("/events/config");
        settings.putArray("enabledEventTypes")
                .add("REFRESH_TOKEN")
                .add("REFRESH_TOKEN_ERROR"); // not recorded by itself
        send("PUT", "/events/config", settings.put("eventsEnabled", true));
        send("DELETE", "/events", json.createObjectNode());
    }

    /** How often that happened since then: {@code REFRESH_TOKEN} or {@code REFRESH_TOKEN_ERROR}. */
    public int events(String type) {
        return get("/events?max=1000&type=" + type).size();
    }

    private String id(String user) {
        return get("/users?exact=true&username=" + user).get(0).get("id").asText();
    }

    private JsonNode get(String path) {
        return ask(request(path).GET().build());
    }

    private void send(String method, String path, JsonNode body) {
        ask(request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(keycloak.uri("/admin/realms/" + Realm.NAME + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json");
    }

    private String token() {
        var form = "grant_type=password&client_id=admin-cli&username=" + Keycloak.ADMIN + "&password="
                + Keycloak.ADMIN_PASSWORD;
        var request = HttpRequest.newBuilder(keycloak.uri("/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return ask(request).get("access_token").asText();
    }

    private JsonNode ask(HttpRequest request) {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(request.method() + " " + request.uri() + " was answered "
                        + answer.statusCode() + ": " + answer.body());
            }
            return answer.body().isEmpty() ? json.createObjectNode() : json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
