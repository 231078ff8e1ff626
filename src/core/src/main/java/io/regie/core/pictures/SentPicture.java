package io.regie.core.pictures;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Receives an image as the body of a request: on routes of their own, because images are larger than REST bodies may be. */
public final class SentPicture {

    private SentPicture() {}

    /**
     * Answers with JSON once the image was used.
     *
     * @param request paused
     * @param gate throws when nobody's bytes are to be held in memory
     * @param use may block
     */
    public static void receive(RoutingContext request, Runnable gate, Function<byte[], JsonObject> use) {
        String length = request.request().getHeader("Content-Length");
        if (length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > Pictures.MAX_BYTES) {
            throw Pictures.tooLarge();
        }
        request.vertx()
                .executeBlocking(
                        () -> {
                            gate.run();
                            return true;
                        },
                        false)
                .onFailure(request::fail)
                .onSuccess(allowed -> collect(request, use));
    }

    private static void collect(RoutingContext request, Function<byte[], JsonObject> use) {
        HttpServerRequest body = request.request();
        Buffer image = Buffer.buffer();
        // Who hangs up gets no answer, and nothing changes.
        body.exceptionHandler(cut -> request.request().connection().close());
        body.handler(part -> {
            if (request.failed()) {
                return;
            }
            if (image.length() + part.length() > Pictures.MAX_BYTES) {
                request.fail(Pictures.tooLarge());
                return;
            }
            image.appendBuffer(part);
        });
        body.endHandler(whole -> {
            if (!request.failed()) {
                request.vertx()
                        .executeBlocking(() -> use.apply(image.getBytes()), false)
                        .onFailure(request::fail)
                        .onSuccess(answer -> request.response()
                                .putHeader("Content-Type", "application/json")
                                .end(answer.encode()));
            }
        });
        body.resume();
    }
}
