package io.regie.core.storage;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one way out for every stored byte. Whoever calls it has asked the authorization function before: a 304 or a size
 * would already tell too much. Runs on the event loop; the bytes go from file to socket without passing through us.
 */
public final class SendFile {

    /** Nothing that comes out of a file may act on its own, should a browser ever show it as a page. */
    private static final String POLICY = "sandbox; default-src 'none'; media-src 'self'";

    private SendFile() {}

    /** Answers a GET or HEAD. */
    public static void send(RoutingContext context, ServedFile served) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        String etag = served.hash() == null ? null : '"' + served.hash() + '"';
        protect(response, served);
        response.putHeader("Cache-Control", served.caching().cacheControl()).putHeader("Accept-Ranges", "bytes");
        if (etag != null) {
            response.putHeader("ETag", etag);
            if (matches(request.getHeader("If-None-Match"), etag)) {
                response.setStatusCode(304).end();
                return;
            }
        }
        response.putHeader("Content-Type", served.mediaType()).putHeader("Content-Disposition", disposition(served));
        ByteRange range = ByteRange.of(rangeHeader(request, etag), served.length());
        switch (range.kind()) {
            case UNSATISFIABLE -> {
                response.putHeader("Content-Range", "bytes */" + served.length());
                response.headers().remove("Content-Type").remove("Content-Disposition");
                response.setStatusCode(416).end();
                return;
            }
            case PART -> {
                long last = range.first() + range.length() - 1;
                response.setStatusCode(206)
                        .putHeader("Content-Range", "bytes " + range.first() + "-" + last + "/" + served.length());
            }
            case WHOLE -> response.setStatusCode(200);
        }
        response.putHeader("Content-Length", Long.toString(range.length()));
        if (request.method().equals(HttpMethod.HEAD) || range.length() == 0) {
            response.end();
            return;
        }
        Future<Void> sent = response.sendFile(served.file().toString(), range.first(), range.length());
        sent.onFailure(failure -> {
            // The headers may be out already, so a broken connection is the only honest answer.
            if (!response.closed()) {
                request.connection().close();
            }
        });
    }

    private static void protect(HttpServerResponse response, ServedFile served) {
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cross-Origin-Resource-Policy", served.caching().resourcePolicy());
    }

    /** HEAD ignores ranges, and a range of other bytes than the client already has is of no use to it. */
    private static @Nullable String rangeHeader(HttpServerRequest request, @Nullable String etag) {
        if (!request.method().equals(HttpMethod.GET)) {
            return null;
        }
        String condition = request.getHeader("If-Range");
        return condition == null || condition.equals(etag) ? request.getHeader("Range") : null;
    }

    private static boolean matches(@Nullable String header, String etag) {
        if (header == null) {
            return false;
        }
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    private static String disposition(ServedFile served) {
        String name = served.downloadName();
        if (name == null) {
            return MediaTypes.inline(served.mediaType()) ? "inline" : "attachment";
        }
        return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encode(name);
    }

    /** For clients that know no better: nothing that could end the quotes or name a folder. */
    private static String ascii(String name) {
        return name.replaceAll("[^A-Za-z0-9 ._()-]", "_");
    }

    /** RFC 8187. */
    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            boolean plain = character < 0x80
                    && (Character.isLetterOrDigit(character) || "!#$&+-.^_`|~".indexOf(character) >= 0);
            encoded.append(plain ? String.valueOf(character) : String.format("%%%02X", (int) character));
        }
        return encoded.toString();
    }
}
