package io.github.postern.e2e;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.postern.testbed.Keycloak;
import io.github.postern.testbed.Realm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;

/** Somebody with Keycloak's administration API at hand. */
final class Administrator {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Keycloak keycloak;

    /** @param keycloak a server that is ready */
    public Administrator(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    /** Changes settings of the realm, given as JSON. */
    public void changeRealm(String json) {
        var answer = send(
                HttpRequest.newBuilder(keycloak.uri("/admin/realms/" + Realm.NAME))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json)),
                true);
        if (answer.statusCode() != 204) {
            throw new IllegalStateException("the realm was not changed: " + answer.statusCode());
        }
    }

    /** How many events of this type the realm has seen since it records them. */
    public int events(String type) {
        try {
            var address = keycloak.uri("/admin/realms/" + Realm.NAME + "/events?max=1000&type=" + type);
            return JSONArrayUtils.parse(
                            send(HttpRequest.newBuilder(address), true).body())
                    .size();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, boolean asAdmin) {
        if (asAdmin) {
            request.header("Authorization", "Bearer " + token());
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String token() {
        var form = "grant_type=password&client_id=admin-cli&username=" + Keycloak.ADMIN + "&password="
                + Keycloak.ADMIN_PASSWORD;
        var answer = send(
                HttpRequest.newBuilder(keycloak.uri("/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)),
                false);
        try {
            return JSONObjectUtils.getString(JSONObjectUtils.parse(answer.body()), "access_token");
        } catch (ParseException e) {
            throw new IllegalStateException("no token for the administrator: " + answer.statusCode(), e);
        }
    }
}
