package io.regie.core.events;

import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** A hint on its way between nodes. */
final class Notification {

    static final String CHANNEL = "regie_events";

    private Notification() {}

    static String write(Hint hint) {
        return new JsonObject()
                .put("type", hint.type())
                .put("id", hint.id())
                .put("version", hint.version())
                .put("owner", hint.subject().owner().toString())
                .put("visibility", hint.subject().visibility().name())
                .encode();
    }

    static Hint read(String payload) {
        JsonObject json = new JsonObject(payload);
        return new Hint(
                json.getString("type"),
                json.getString("id"),
                json.getLong("version"),
                new Guarded(
                        UUID.fromString(json.getString("owner")), Visibility.valueOf(json.getString("visibility"))));
    }
}
