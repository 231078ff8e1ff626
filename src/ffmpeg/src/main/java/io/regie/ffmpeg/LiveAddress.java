package io.regie.ffmpeg;

import io.regie.spi.LiveSource;
import io.regie.spi.Network;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How libav is to open a live stream: through the host's network, with the options of its protocol, and with nothing
 * allowed that the protocol does not need. Holds credentials; never logged.
 */
public final class LiveAddress {

    /** Only what a player could open; a playlist's children are held to the same list. */
    private static final Set<String> OVER_HTTP = Set.of(
            "hls",
            "mpegts",
            "flv",
            "live_flv",
            "mov",
            "mp4",
            "m4a",
            "3gp",
            "3g2",
            "mj2",
            "matroska",
            "webm",
            "aac",
            "mp3",
            "ogg");

    /** Set by the host, not by a stream's owner: a file of certificates to trust instead of the system's. */
    private static final String AUTHORITIES = "caFile";

    private static final Path CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");

    private final String url;
    private final Set<String> protocols;
    private final OpenPolicy policy;
    private final Map<String, String> options;
    private final boolean reports;

    private LiveAddress(
            String url, Set<String> protocols, Set<String> formats, Map<String, String> options, boolean reports) {
        this.url = url;
        this.protocols = protocols;
        this.policy = OpenPolicy.live(formats);
        this.options = Map.copyOf(options);
        this.reports = reports;
    }

    /**
     * Finds the way to a source.
     *
     * @param network asked only where the protocol goes through it
     * @param timeout the longest silence
     * @throws FFmpegException when there is no such protocol
     * @throws IOException when the host may not be reached
     */
    public static LiveAddress of(LiveSource source, Supplier<Network> network, Duration timeout) throws IOException {
        String scheme = String.valueOf(source.uri().getScheme()).toLowerCase(Locale.ROOT);
        String micros = Long.toString(timeout.toNanos() / 1000);
        Map<String, String> options = new HashMap<>();
        options.put("fflags", "+discardcorrupt");
        switch (scheme) {
            case "rtsp", "rtsps" -> {
                boolean secure = scheme.equals("rtsps");
                options.putAll(Map.of(
                        "rtsp_transport", "tcp",
                        "timeout", micros,
                        "allowed_media_types", "video+audio"));
                if (secure) {
                    verify(options, source.uri().getHost(), source);
                }
                return new LiveAddress(
                        local(source.uri(), network.get(), secure ? 322 : 554, secure),
                        secure ? Set.of("tls", "tcp") : Set.of("tcp"),
                        Set.of("rtsp"),
                        options,
                        true);
            }
            case "rtmp", "rtmps" -> {
                boolean secure = scheme.equals("rtmps");
                // Not "timeout": that would make libav the server.
                options.putAll(Map.of("rtmp_live", "live", "rw_timeout", micros));
                if (secure) {
                    verify(options, source.uri().getHost(), source);
                }
                return new LiveAddress(
                        local(source.uri(), network.get(), secure ? 443 : 1935, secure),
                        secure ? Set.of("rtmps", "tls", "tcp") : Set.of("rtmp", "tcp"),
                        Set.of("flv"),
                        options,
                        false);
            }
            case "http", "https" -> {
                options.putAll(Map.of(
                        "rw_timeout", micros,
                        "max_redirects", "3",
                        "http_proxy", network.get().httpProxy().toString(),
                        "extension_picky", "1",
                        // What is on the air now and a little before, as players do.
                        "live_start_index", "-3"));
                requireName(source, scheme);
                verify(options, null, source);
                copy(source, "userAgent", options, "user_agent");
                copy(source, "referer", options, "referer");
                return new LiveAddress(
                        source.uri().toString(),
                        Set.of("http", "https", "httpproxy", "tls", "tcp", "crypto"),
                        OVER_HTTP,
                        options,
                        false);
            }
            case "srt" -> {
                options.putAll(Map.of(
                        "mode", "caller", "connect_timeout", Long.toString(timeout.toMillis()), "timeout", micros));
                String latency = source.options().get("latency");
                if (latency != null && latency.matches("\\d{1,5}")) {
                    options.put("latency", latency + "000");
                }
                copy(source, "passphrase", options, "passphrase");
                copy(source, "streamid", options, "streamid");
                return new LiveAddress(source.uri().toString(), Set.of("srt"), Set.of("mpegts"), options, false);
            }
            default -> throw new FFmpegException("Streams of type " + scheme + " cannot be recorded");
        }
    }

    /** The stream's own address with the host's loopback port in place of the host; credentials and path stay. */
    private static String local(URI uri, Network network, int usualPort, boolean secure) throws IOException {
        int port = network.localPort(uri.getHost(), uri.getPort() < 0 ? usualPort : uri.getPort());
        // libav looks for no name in the certificate of a host that is an address, whatever name it is told to look
        // for.
        String host = secure ? "localhost" : "127.0.0.1";
        String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + user + host + ":" + port + path + query;
    }

    /** For the same reason: of an address libav would believe any certificate that anybody signed. */
    private static void requireName(LiveSource source, String scheme) throws FFmpegException {
        String host = String.valueOf(source.uri().getHost());
        boolean address = host.startsWith("[") || host.matches("[\\d.]+");
        if (scheme.equals("https") && address && !source.options().containsKey(AUTHORITIES)) {
            throw new FFmpegException("The host must be given by its name, which its certificate is for");
        }
    }

    /** libav accepts any certificate unless told otherwise. @param host to find in it; null for the address's own */
    private static void verify(Map<String, String> options, @Nullable String host, LiveSource source) {
        options.put("tls_verify", "1");
        if (host != null) {
            options.put("verifyhost", host);
        }
        String authorities = source.options().get(AUTHORITIES);
        if (authorities != null) {
            options.put("ca_file", authorities);
        } else if (Files.isReadable(CERTIFICATES)) {
            options.put("ca_file", CERTIFICATES.toString());
        }
    }

    private static void copy(LiveSource source, String name, Map<String, String> options, String option) {
        String value = source.options().get(name);
        if (value != null && !value.isEmpty()) {
            options.put(option, value);
        }
    }

    String url() {
        return url;
    }

    Set<String> protocols() {
        return protocols;
    }

    OpenPolicy policy() {
        return policy;
    }

    Map<String, String> options() {
        return options;
    }

    /** What holds for everything that a playlist leads to, as it does for the playlist; empty where there are none. */
    Map<String, String> nested() {
        Map<String, String> rules = new HashMap<>(options);
        rules.keySet().retainAll(Set.of("tls_verify", "ca_file", "max_redirects", "rw_timeout"));
        return protocols.contains("http") ? rules : Map.of();
    }

    /** Whether senders say how their tracks' clocks relate. */
    boolean reports() {
        return reports;
    }
}
