package io.regie.core.media;

import io.regie.core.storage.ServedFile.Caching;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Sends a text composed for this request: never stored, revalidated by its hash. */
final class SendManifest {

    private SendManifest() {}

    static void send(RoutingContext request, String text, String mediaType, Caching caching) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String tag = "\"" + hash(body) + "\"";
        HttpServerResponse response = request.response()
                .putHeader("Cache-Control", caching.cacheControl())
                .putHeader("ETag", tag)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "sandbox; default-src 'none'; media-src 'self'");
        if (tag.equals(request.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", mediaType + (mediaType.startsWith("text/") ? "; charset=utf-8" : ""));
        if (request.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(body.length)).end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
