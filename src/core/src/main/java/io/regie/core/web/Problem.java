package io.regie.core.web;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.Sentences;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * A problem as a client sees it (RFC 9457).
 *
 * @param reason stable word for exactly this problem
 * @param instance names the request; the log has it too
 */
public record Problem(
        String type, String title, int status, String detail, String reason, String instance, List<Field> fields) {

    /** What is wrong with one field of the request. */
    public record Field(String field, String detail) {}

    static Problem of(ProblemException problem, Locale locale, String requestId) {
        return new Problem(
                problem.type().uri(),
                Sentences.title(locale, problem.type()),
                problem.type().status(),
                Sentences.of(locale, problem),
                problem.key(),
                "urn:uuid:" + requestId,
                problem.fields().stream()
                        .map(field -> new Field(field.name(), field.sentence(locale)))
                        .toList());
    }

    String json() {
        JsonObject json = new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("reason", reason)
                .put("instance", instance);
        if (!fields.isEmpty()) {
            JsonArray list = new JsonArray();
            fields.forEach(field ->
                    list.add(new JsonObject().put("field", field.field()).put("detail", field.detail())));
            json.put("fields", list);
        }
        return json.encode();
    }
}
