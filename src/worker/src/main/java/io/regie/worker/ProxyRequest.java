package io.regie.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks an HTTP proxy for.
 *
 * @param tunnel whether the connection is then theirs; else the head below is to be sent first
 * @param head the request as its server expects it. It ends the connection after one answer, so that the next request
 *     names its own server, which is checked again
 */
record ProxyRequest(Target target, boolean tunnel, byte[] head) {

    private static final int MAX_HEAD = 16 << 10;
    private static final int HTTP = 80;

    /** Where somebody wants to connect to; the relay checks what it means. */
    record Target(String host, int port) {}

    /** Reads a head and nothing after it; null when it is not one that a proxy understands. */
    static @Nullable ProxyRequest read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ending = 0;
        while (ending < 4) {
            int next = in.read();
            if (next < 0 || head.size() == MAX_HEAD) {
                return null;
            }
            head.write(next);
            ending = next == "\r\n\r\n".charAt(ending) ? ending + 1 : next == '\r' ? 1 : 0;
        }
        return parse(head.toString(StandardCharsets.ISO_8859_1).split("\r\n"));
    }

    private static @Nullable ProxyRequest parse(String[] lines) {
        String[] words = lines[0].split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            return null;
        }
        try {
            return words[0].equals("CONNECT") ? tunnel(words[1]) : plain(words, lines);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable ProxyRequest tunnel(String authority) {
        Target target = target(authority, -1);
        return target == null || target.port() < 0 ? null : new ProxyRequest(target, true, new byte[0]);
    }

    /** Not by a parser of addresses: what counts as a host is the relay's business. */
    private static @Nullable Target target(String authority, int usual) {
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = place.lastIndexOf(':');
        boolean numbered = colon > place.lastIndexOf(']');
        String host = numbered ? place.substring(0, colon) : place;
        return host.isEmpty()
                ? null
                : new Target(host, numbered ? Integer.parseInt(place.substring(colon + 1)) : usual);
    }

    private static @Nullable ProxyRequest plain(String[] words, String[] lines) {
        int path = words[1].startsWith("http://") ? end(words[1]) : -1;
        if (path < 0) {
            return null;
        }
        Target target = target(words[1].substring("http://".length(), path), HTTP);
        if (target == null) {
            return null;
        }
        String rest = words[1].substring(path);
        StringBuilder head = new StringBuilder(words[0])
                .append(rest.startsWith("/") ? " " : " /")
                .append(rest)
                .append(" HTTP/1.1\r\n");
        for (int i = 1; i < lines.length; i++) {
            String name = lines[i].toLowerCase(Locale.ROOT);
            if (!name.startsWith("connection:") && !name.startsWith("proxy-")) {
                head.append(lines[i]).append("\r\n");
            }
        }
        head.append("Connection: close\r\n\r\n");
        return new ProxyRequest(target, false, head.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Where the authority ends. */
    private static int end(String uri) {
        int end = "http://".length();
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
