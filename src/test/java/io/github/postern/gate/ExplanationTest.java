package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.postern.config.RuleBooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplanationTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhichRuleDecidesAndWhy() throws IOException {
        assertThat(explain("alice@akko.local", "GET", "https://mlflow.akko.local/admin/x", "group=/ml"))
                .containsExactly(
                        "alice@akko.local of /ml asks for GET https://mlflow.akko.local/admin/x",
                        "Rule 1 'mlflow admins' is about it (host mlflow.akko.local, path /admin/*):",
                        "  wants any of /admins, role:admin: no",
                        "Answer: 403, refused by GROUPS by='mlflow admins' wanted=[/admins, role:admin].");
        assertThat(explain("alice@akko.local", "GET", "https://mlflow.akko.local/admin/x", "role=admin"))
                .endsWith("Answer: passes by rule 'mlflow admins'.");
    }

    @Test
    void saysWhatWouldDoWhereGroupsAreNotGiven() throws IOException {
        assertThat(explain("alice@akko.local", "GET", "https://mlflow.akko.local/admin/x"))
                .contains("  wants any of /admins, role:admin: no; would be met as a member of /admins, role:admin (say"
                        + " group=NAME)");
    }

    @Test
    void showsEveryRuleThatMayBeAboutIt() throws IOException {
        assertThat(explain(
                        "alice@akko.local", "GET", "https://mlflow.akko.local/x%2f..%2fadmin", "--groups", "/admins,b"))
                .contains("The path can be read in several ways, so every rule for paths may be about it.")
                .contains("Rule 1 'mlflow admins' may be about it (host mlflow.akko.local, path /admin/*):")
                .contains("Rule 2 'mlflow' is about it (host mlflow.akko.local):")
                .endsWith("Answer: signs in again for rule 'mlflow' (acr_values=2).");
    }

    @Test
    void fallsToTheOptions() throws IOException {
        assertThat(explain("bob@evil.example", "GET", "https://other.akko.local/", "acr=2"))
                .contains("No rule is about it for certain.")
                .endsWith("Answer: 403, refused by EMAIL_DOMAIN wanted=[akko.local].");
    }

    @Test
    void knowsThoseWhoAreNotSignedIn() throws IOException {
        assertThat(explain("-", "GET", "https://mlflow.akko.local/"))
                .endsWith("Answer: must sign in first by rule 'mlflow'.");
    }

    @Test
    void tellsWhatItDoesNotUnderstand() throws IOException {
        assertThatThrownBy(() -> explain("alice")).hasMessageStartingWith("say who asks for what");
        assertThatThrownBy(() -> explain("alice", "GET", "mlflow/x")).hasMessageContaining("is no request");
        assertThatThrownBy(() -> explain("alice", "GET", "https://a.b/", "grup=x"))
                .hasMessageContaining("'grup=x' is not");
    }

    private List<String> explain(String... arguments) throws IOException {
        String file = Files.writeString(folder.resolve("rules.toml"), """
                        [[rule]]
                        name = "mlflow admins"
                        host = "mlflow.akko.local"
                        path = "/admin/*"
                        any = { groups = "/admins", roles = "admin" }
                        [[rule]]
                        name = "mlflow"
                        host = "mlflow.akko.local"
                        signed_in = true
                        acr = "2"
                        """).toString();
        return Explanation.of(RuleBooks.settings(file, "--email-domain=akko.local"), List.of(arguments));
    }
}
