package io.regie.core.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The API is a promise: what it offers changes only when somebody looked at the change and accepted it. */
@QuarkusTest
class ApiDocumentTest {
    private static final Path ACCEPTED = Path.of("src/main/openapi/regie.yaml");
    private static final String ACCEPT = "regie.accept-api";
    private static final int SHOWN = 200;

    @Test
    void changesOnlyWhenSomebodyAcceptsIt() throws IOException {
        String served =
                given().get("/api/openapi").then().statusCode(200).extract().asString();
        if (Boolean.getBoolean(ACCEPT)) {
            Files.createDirectories(ACCEPTED.getParent());
            Files.writeString(ACCEPTED, served);
        }
        List<String> difference = difference(
                Files.exists(ACCEPTED) ? Files.readAllLines(ACCEPTED) : List.of(),
                served.lines().toList());
        if (!difference.isEmpty()) {
            fail("The API is not as src/core/" + ACCEPTED + " says. If every line of this is meant, accept it:\n\n"
                    + "  mvn -pl src/core -am -Dtest=ApiDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                    + ACCEPT
                    + "=true test\n\n" + String.join("\n", difference.subList(0, Math.min(SHOWN, difference.size()))));
        }
    }

    @Test
    void everyOperationSaysWhatItDoesAndWhoMayDoIt() throws IOException {
        JsonNode api = new ObjectMapper()
                .readTree(given().get("/api/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
        Set<String> ids = new HashSet<>();
        assertThat(api.get("paths").size()).isGreaterThan(10);
        for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
            assertThat(path.getKey()).startsWith("/api/v1/");
            for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
                if (entry.getKey().equals("parameters")) {
                    continue;
                }
                String name = entry.getKey() + " " + path.getKey();
                JsonNode operation = entry.getValue();
                assertThat(operation.path("summary").asText()).as(name).isNotBlank();
                assertThat(operation.path("tags").size()).as(name).isEqualTo(1);
                assertThat(operation.has("security")).as(name).isTrue();
                assertThat(operation
                                .path("responses")
                                .path("default")
                                .path("$ref")
                                .asText())
                        .as(name)
                        .endsWith("/Problem");
                assertThat(ids.add(operation.path("operationId").asText()))
                        .as(name)
                        .isTrue();
            }
        }
        for (Map.Entry<String, JsonNode> schema : api.at("/components/schemas").properties()) {
            // The generator counts schemas of one name.
            assertThat(schema.getKey()).doesNotMatch(".*[0-9]");
        }
    }

    /** Lines that came and went, by the longest that both have in common. */
    private static List<String> difference(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                i++;
                j++;
            } else if (j < after.size() && (i == before.size() || common[i][j + 1] >= common[i + 1][j])) {
                lines.add("%6d + %s".formatted(j + 1, after.get(j++)));
            } else {
                lines.add("%6d - %s".formatted(i + 1, before.get(i++)));
            }
        }
        return lines;
    }
}
