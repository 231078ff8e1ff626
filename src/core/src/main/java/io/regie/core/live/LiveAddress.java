package io.regie.core.live;

import io.regie.core.egress.Destination;
import io.regie.core.egress.EgressRefusedException;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a live stream is read from, checked and written in one way only. Whole, it opens the stream, so it has no
 * {@code toString} that says it.
 *
 * @param uri with credentials, path and query
 */
record LiveAddress(URI uri, Destination destination) {
    private static final int MAX_LENGTH = 2048;
    /** Schemes, and the port of those that have one; 0 where it must be named. */
    private static final Map<String, Integer> PORTS =
            Map.of("http", 80, "https", 443, "rtsp", 554, "rtsps", 322, "rtmp", 1935, "rtmps", 443, "srt", 0);

    private static final Set<String> UDP_SCHEMES = Set.of("udp", "rtp", "rtspu", "srtp");
    /** What FFmpeg takes at the end of an RTSP address for the transport to use. */
    private static final String UDP_TRANSPORT = "(?i)(.*[?&])?(udp|multicast|udp_multicast)(&.*|=.*)?";

    /**
     * Takes an address as people write it.
     *
     * @param user beside the address, so that nobody has to escape anything
     */
    static LiveAddress parse(String text, @Nullable String user, @Nullable String password) {
        if (text.length() > MAX_LENGTH || text.codePoints().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw malformed();
        }
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            refuseUdp(scheme, uri.getRawQuery());
            Integer port = PORTS.get(scheme);
            if (port == null) {
                throw ProblemException.invalidField("url", "live-scheme");
            }
            if (uri.isOpaque() || uri.getRawAuthority() == null) {
                throw malformed();
            }
            Authority authority = Authority.of(uri.getRawAuthority());
            Destination destination = Destination.of(authority.host(), authority.port() < 0 ? port : authority.port());
            if (scheme.equals("srt") && uri.getRawQuery() != null) {
                // FFmpeg reads options from there, such as to listen instead of connecting.
                throw ProblemException.invalidField("url", "live-srt-options");
            }
            return new LiveAddress(
                    compose(uri, scheme, userInfo(authority.userInfo(), user, password), destination), destination);
        } catch (URISyntaxException | EgressRefusedException e) {
            throw malformed();
        }
    }

    /** One that was checked before. */
    static LiveAddress stored(String uri) {
        URI parsed = URI.create(uri);
        try {
            return new LiveAddress(parsed, Destination.of(parsed, PORTS.getOrDefault(parsed.getScheme(), 0)));
        } catch (EgressRefusedException e) {
            throw new IllegalStateException("A stored address is none", e);
        }
    }

    /** The parser of the JDK takes no host that is not ASCII. */
    private record Authority(@Nullable String userInfo, String host, int port) {
        static Authority of(String raw) {
            int at = raw.lastIndexOf('@');
            String rest = raw.substring(at + 1);
            int colon = rest.lastIndexOf(':');
            boolean numbered = colon > rest.lastIndexOf(']');
            String number = numbered ? rest.substring(colon + 1) : "";
            if (numbered && !number.matches("[1-9]\\d{0,4}")) {
                throw malformed();
            }
            return new Authority(
                    at < 0 ? null : raw.substring(0, at),
                    numbered ? rest.substring(0, colon) : rest,
                    numbered ? Integer.parseInt(number) : -1);
        }
    }

    private static void refuseUdp(String scheme, @Nullable String query) {
        boolean asked = scheme.startsWith("rtsp") && query != null && query.matches(UDP_TRANSPORT);
        if (asked || UDP_SCHEMES.contains(scheme)) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "live-udp");
        }
    }

    private static @Nullable String userInfo(
            @Nullable String written, @Nullable String user, @Nullable String password) {
        if (user != null && !user.isEmpty()) {
            return escaped(user) + (password == null || password.isEmpty() ? "" : ":" + escaped(password));
        }
        if (written == null || written.isEmpty()) {
            return null;
        }
        if (written.contains("***")) {
            throw ProblemException.invalidField("url", "live-masked");
        }
        if (written.indexOf('@') >= 0) {
            throw malformed();
        }
        return written;
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static URI compose(URI uri, String scheme, @Nullable String userInfo, Destination destination)
            throws URISyntaxException {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new URI(new URI(scheme + "://" + (userInfo == null ? "" : userInfo + "@") + destination + path + query)
                .toASCIIString());
    }

    private static ProblemException malformed() {
        return ProblemException.invalidField("url", "live-url");
    }

    /** What may be stored and shown: scheme, host and port. */
    String place() {
        return uri.getScheme() + "://" + destination + "/";
    }

    boolean hasCredentials() {
        return uri.getRawUserInfo() != null;
    }

    /** Whether there is more than a host: many sources keep a key there. */
    boolean hasPath() {
        return (uri.getRawPath() != null && uri.getRawPath().length() > 1) || uri.getRawQuery() != null;
    }

    @Override
    public String toString() {
        return place();
    }
}
