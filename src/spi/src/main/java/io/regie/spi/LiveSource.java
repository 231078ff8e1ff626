package io.regie.spi;

import java.net.URI;
import java.util.Map;

/**
 * A live stream to read from. Holds credentials: it is for opening the stream, never for logs, progress or sentences.
 *
 * @param uri with credentials where the source wants them
 * @param options of the protocol, as the stream's owner set them ({@code latency}, {@code tls_verify}); which ones are
 *     obeyed is up to the handler
 */
public record LiveSource(URI uri, Map<String, String> options) {

    public LiveSource {
        options = Map.copyOf(options);
    }

    /** {@code rtsp://***@host/}: enough to know which one it is, and nothing that opens it. */
    @Override
    public String toString() {
        String host = uri.getHost() == null ? "***" : uri.getHost();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + (uri.getRawUserInfo() == null ? "" : "***@") + host + port + "/";
    }
}
