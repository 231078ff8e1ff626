package io.regie.core.captions;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file of SRT or WebVTT. Forgiving about what is common in the wild (numbers that are missing, commas for points,
 * encodings of long ago), strict about sizes. Styles, regions, notes and identifiers are left out.
 */
public final class ReadCaptions {

    public static final int MOST_BYTES = 1 << 20;
    public static final int MOST_CUES = 10_000;
    /** Nobody reads more in the time that a cue is shown. */
    public static final int LONGEST_TEXT = 2000;

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String TIME = "(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{1,3})";
    private static final Pattern TIMES = Pattern.compile("\\s*" + TIME + "\\s*-->\\s*" + TIME + "(?:\\s+(.*))?");
    private static final Pattern NUMBER = Pattern.compile("\\s*[0-9]{1,9}\\s*");
    private static final Pattern SUBSTATION = Pattern.compile("(?im)^[ \\t]*\\[(script info|v4\\+? styles)]");

    private ReadCaptions() {}

    /** @throws ProblemException in the words of a reader, when there is nothing to read or too much of it */
    public static List<Cue> read(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, "captions-too-large", MOST_BYTES >> 20);
        }
        String text = decode(file);
        if (SUBSTATION.matcher(text).region(0, Math.min(text.length(), 4096)).find()) {
            throw refused("captions-substation");
        }
        List<Cue> cues = cues(text);
        if (cues.isEmpty()) {
            throw refused("captions-unreadable");
        }
        return cues;
    }

    /** Of our own writing, or the body of a file. */
    static List<Cue> cues(String text) {
        List<Cue> cues = new ArrayList<>();
        List<String> lines = List.of(text.split("\\r\\n|\\r|\\n", -1));
        int at = isVtt(text) ? afterBlock(lines, 0) : 0;
        while (at < lines.size()) {
            Matcher times = TIMES.matcher(lines.get(at));
            if (!times.matches()) {
                at++;
                continue;
            }
            int end = end(lines, at + 1);
            add(cues, times, String.join("\n", lines.subList(at + 1, end)));
            at = end;
        }
        cues.sort(Comparator.comparing(Cue::start));
        return cues;
    }

    private static boolean isVtt(String text) {
        return text.startsWith("WEBVTT") && (text.length() == 6 || Character.isWhitespace(text.charAt(6)));
    }

    private static int afterBlock(List<String> lines, int from) {
        int at = from;
        while (at < lines.size()
                && !lines.get(at).isBlank()
                && !TIMES.matcher(lines.get(at)).matches()) {
            at++;
        }
        return at;
    }

    /** Where a cue's text ends: at an empty line, or where somebody forgot it before the next cue. */
    private static int end(List<String> lines, int from) {
        int end = afterBlock(lines, from);
        boolean forgotten = end < lines.size() && !lines.get(end).isBlank() && end > from;
        return forgotten && NUMBER.matcher(lines.get(end - 1)).matches() ? end - 1 : end;
    }

    private static void add(List<Cue> cues, Matcher times, String raw) {
        if (raw.length() > LONGEST_TEXT * 4) {
            throw refused("captions-cue-long", cues.size() + 1, LONGEST_TEXT);
        }
        Duration start = time(times, 1);
        Duration end = time(times, 5);
        CueText text = CueText.read(raw);
        if (text.plain().length() > LONGEST_TEXT) {
            throw refused("captions-cue-long", cues.size() + 1, LONGEST_TEXT);
        }
        if (text.isBlank() || end.compareTo(start) <= 0) {
            return;
        }
        if (cues.size() == MOST_CUES) {
            throw refused("captions-too-many", MOST_CUES);
        }
        String settings = times.group(9);
        cues.add(new Cue(start, end, text, settings == null ? "" : settings));
    }

    private static Duration time(Matcher found, int first) {
        String hours = found.group(first);
        String fraction = (found.group(first + 3) + "00").substring(0, 3);
        return Duration.ofHours(hours == null ? 0 : Long.parseLong(hours))
                .plusMinutes(Long.parseLong(found.group(first + 1)))
                .plusSeconds(Long.parseLong(found.group(first + 2)))
                .plusMillis(Long.parseLong(fraction));
    }

    /** By its mark, else by what it can only be; what is no UTF-8 comes from an old Windows, unless it is WebVTT. */
    private static String decode(byte[] file) {
        if (begins(file, 0xef, 0xbb, 0xbf)) {
            return new String(file, 3, file.length - 3, StandardCharsets.UTF_8);
        }
        if (begins(file, 0xff, 0xfe)) {
            return new String(file, 2, file.length - 2, StandardCharsets.UTF_16LE);
        }
        if (begins(file, 0xfe, 0xff)) {
            return new String(file, 2, file.length - 2, StandardCharsets.UTF_16BE);
        }
        if (file.length >= 2 && file[0] != 0 && file[1] == 0) {
            return new String(file, StandardCharsets.UTF_16LE);
        }
        if (file.length >= 2 && file[0] == 0 && file[1] != 0) {
            return new String(file, StandardCharsets.UTF_16BE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            String text = new String(file, WINDOWS);
            if (isVtt(text)) {
                throw refused("captions-encoding");
            }
            return text;
        }
    }

    private static boolean begins(byte[] file, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (file.length <= i || (file[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static ProblemException refused(String key, Object... arguments) {
        return new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, key, arguments);
    }
}
