package io.regie.core.events;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One client that listens. Writes on its connection's thread; may be told from any. */
final class EventStream {

    /** Who is further behind than this is cut off, connects again and fetches everything once. */
    private static final int WAITING = 256;

    private static final int UNSENT_BYTES = 64 * 1024;

    private final HttpServerResponse response;
    private final Context context;
    private final UUID credential;
    private final Consumer<EventStream> closed;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Caller caller;

    EventStream(RoutingContext request, Caller caller, UUID credential, Consumer<EventStream> closed) {
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
        this.caller = caller;
        this.credential = credential;
        this.closed = closed;
    }

    void begin() {
        response.closeHandler(gone -> closed.accept(this));
        response.endHandler(gone -> closed.accept(this));
        response.exceptionHandler(gone -> closed.accept(this));
        response.setChunked(true)
                .setWriteQueueMaxSize(UNSENT_BYTES)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .write("retry: 2000\n\n");
    }

    UUID credential() {
        return credential;
    }

    boolean belongsTo(Caller other) {
        return Objects.equals(caller.account(), other.account());
    }

    void refresh(Caller now) {
        caller = now;
    }

    void send(Hint hint) {
        if (Authorization.may(caller, Action.READ, hint.subject())) {
            write("data: "
                    + new JsonObject()
                            .put("type", hint.type())
                            .put("id", hint.id())
                            .put("version", hint.version())
                            .encode()
                    + "\n\n");
        }
    }

    void beat() {
        write(":\n\n");
    }

    void close() {
        context.runOnContext(now -> {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
            closed.accept(this);
        });
    }

    private void write(String text) {
        if (waiting.incrementAndGet() > WAITING) {
            cutOff();
            return;
        }
        context.runOnContext(now -> {
            waiting.decrementAndGet();
            if (response.ended() || response.closed()) {
                closed.accept(this);
            } else if (response.writeQueueFull()) {
                cutOff();
            } else {
                response.write(text);
            }
        });
    }

    private void cutOff() {
        closed.accept(this);
        context.runOnContext(now -> response.reset());
    }
}
