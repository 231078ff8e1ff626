package io.regie.core.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Tells addresses that every layer reads alike from those that two layers could read differently. */
final class RequestPaths {

    private RequestPaths() {}

    /** @param path as it came, still encoded, without the query */
    static boolean ambiguous(String path) {
        if (!path.startsWith("/") || path.contains("//")) {
            return true;
        }
        byte[] decoded = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ';' || c == '\\') {
                return true;
            }
            if (c != '%') {
                decoded[length++] = (byte) c;
                continue;
            }
            int value = i + 2 < path.length() ? hex(path.charAt(i + 1)) * 16 + hex(path.charAt(i + 2)) : -1;
            // %25 would be a percent sign to us and the start of another escape to whoever decodes twice.
            if (value < ' ' || value == 0x7f || value == ';' || value == '\\' || value == '/' || value == '%') {
                return true;
            }
            decoded[length++] = (byte) value;
            i += 2;
        }
        return hasDotSegment(decoded, length) || !utf8(decoded, length);
    }

    private static int hex(char digit) {
        int value = Character.digit(digit, 16);
        return value < 0 ? -1000 : value;
    }

    private static boolean hasDotSegment(byte[] path, int length) {
        int start = 1;
        for (int i = 1; i <= length; i++) {
            if (i == length || path[i] == '/') {
                int size = i - start;
                boolean dots = size > 0 && path[start] == '.' && (size == 1 || (size == 2 && path[start + 1] == '.'));
                if (dots) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean utf8(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
