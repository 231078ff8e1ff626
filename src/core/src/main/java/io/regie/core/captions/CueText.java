package io.regie.core.captions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a cue says: words, line breaks and the few tags of WebVTT that are about language and not about looks. Whatever
 * else looks like a tag is left out when it is read, so that writing it can only write these.
 */
public final class CueText {

    /** Nobody nests deeper on purpose. */
    private static final int DEEPEST = 8;

    private static final Set<String> PLAIN_TAGS = Set.of("b", "i", "u", "ruby", "rt");
    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z]+)([^>]*)>");
    /** Times inside a cue, comments, doctypes and whatever begins like one. */
    private static final Pattern OTHER_TAG = Pattern.compile("<[/!?0-9][^>]*>");

    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});");
    /** Of SubStation Alpha, often found in SRT: {@code {\an8}}. */
    private static final Pattern OVERRIDE = Pattern.compile("\\{\\\\[^}\n]*}");

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");
    private static final Map<String, String> ENTITIES = Map.of(
            "amp", "&",
            "lt", "<",
            "gt", ">",
            "quot", "\"",
            "apos", "'",
            "nbsp", "\u00a0",
            "lrm", "\u200e",
            "rlm", "\u200f");

    /** A run of words, or a tag around others. */
    private sealed interface Piece {
        record Words(String text) implements Piece {}

        record Tag(String name, String annotation, List<Piece> pieces) implements Piece {}
    }

    private final List<Piece> pieces;

    private CueText(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** Takes anything: SRT's text, WebVTT's, or what somebody typed. */
    public static CueText read(String raw) {
        CueText text = new Reading(tidy(OVERRIDE.matcher(raw).replaceAll(""))).read();
        // A line may have held nothing but tags that are gone.
        String left = text.vtt();
        String tidied = tidy(left);
        return tidied.equals(left) ? text : new Reading(tidied).read();
    }

    /** Words on one line, in which nothing is a tag. */
    public static CueText of(String words) {
        String line = tidy(words).replace('\n', ' ');
        return new CueText(line.isEmpty() ? List.of() : List.of(new Piece.Words(line)));
    }

    /** Lines without what cannot be seen; an empty line would end the cue. */
    private static String tidy(String raw) {
        StringBuilder text = new StringBuilder();
        for (String line : raw.split("\\R")) {
            String clean =
                    line.replaceAll("[\\x00-\\x1f\\x7f-\\x9f\\x{FEFF}]+", " ").strip();
            if (!clean.isEmpty()) {
                text.append(text.length() == 0 ? "" : "\n").append(clean);
            }
        }
        return text.toString();
    }

    /** As it stands in a WebVTT file. */
    public String vtt() {
        return written(text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    /** As people edit it: only what would be read as something else is escaped. Reading it makes the same text. */
    public String source() {
        return written(text -> ENTITY.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement("&amp;" + found.group().substring(1)))
                .replaceAll("<(?=[a-zA-Z/!?0-9])", "&lt;"));
    }

    /** Words and line breaks alone. */
    public String plain() {
        StringBuilder text = new StringBuilder();
        plain(text, pieces);
        return text.toString();
    }

    public boolean isBlank() {
        return plain().isBlank();
    }

    private static void plain(StringBuilder text, List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Words words) {
                text.append(words.text());
            } else if (piece instanceof Piece.Tag tag) {
                plain(text, tag.pieces());
            }
        }
    }

    private String written(UnaryOperator<String> escape) {
        StringBuilder text = new StringBuilder();
        write(text, pieces, escape);
        return text.toString();
    }

    private static void write(StringBuilder text, List<Piece> pieces, UnaryOperator<String> escape) {
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Words words) {
                text.append(escape.apply(words.text()));
            } else if (piece instanceof Piece.Tag tag) {
                text.append('<').append(tag.name());
                if (!tag.annotation().isEmpty()) {
                    text.append(' ').append(tag.annotation());
                }
                text.append('>');
                write(text, tag.pieces(), escape);
                text.append("</").append(tag.name()).append('>');
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CueText text && pieces.equals(text.pieces);
    }

    @Override
    public int hashCode() {
        return pieces.hashCode();
    }

    @Override
    public String toString() {
        return vtt();
    }

    /** One pass over a text. */
    private static final class Reading {

        private final String raw;
        private final Deque<Piece.Tag> open = new ArrayDeque<>();
        private final StringBuilder words = new StringBuilder();
        /** Behind it, nothing is looked for: many open tags without an end would take their square in time. */
        private final int lastTag;

        private int at;

        Reading(String raw) {
            this.raw = raw;
            this.lastTag = raw.lastIndexOf('>');
            open.push(new Piece.Tag("", "", new ArrayList<>()));
        }

        CueText read() {
            while (at < raw.length()) {
                char next = raw.charAt(at);
                if (!(next == '<' && tag()) && !(next == '&' && entity())) {
                    words.append(next);
                    at++;
                }
            }
            while (open.size() > 1) {
                close();
            }
            flush();
            return new CueText(open.element().pieces());
        }

        private boolean tag() {
            if (at > lastTag) {
                return false;
            }
            Matcher found = TAG.matcher(raw).region(at, raw.length());
            if (found.lookingAt()) {
                at = found.end();
                String name = found.group(2).toLowerCase(Locale.ROOT);
                if (found.group(1).isEmpty()) {
                    begin(name, found.group(3));
                } else {
                    end(name);
                }
                return true;
            }
            found.usePattern(OTHER_TAG);
            if (found.lookingAt()) {
                at = found.end();
                return true;
            }
            return false;
        }

        private void begin(String name, String rest) {
            String annotation = annotation(name, rest);
            boolean known = PLAIN_TAGS.contains(name) || !annotation.isEmpty();
            boolean lost = name.equals("rt") && !open.element().name().equals("ruby");
            if (known && !lost && open.size() <= DEEPEST) {
                flush();
                open.push(new Piece.Tag(name, annotation, new ArrayList<>()));
            }
        }

        /** Who speaks, or in which language: the only two that say something. */
        private static String annotation(String name, String rest) {
            int space = rest.indexOf(' ');
            String said = space < 0 ? "" : rest.substring(space).strip();
            return switch (name) {
                case "v" -> said.replaceAll("[<>&\"'`=\\s]+", " ").strip();
                case "lang" -> LANGUAGE.matcher(said).matches() ? said : "";
                default -> "";
            };
        }

        private void end(String name) {
            if (open.stream().anyMatch(tag -> tag.name().equals(name))) {
                while (!open.element().name().equals(name)) {
                    close();
                }
                close();
            }
        }

        private void close() {
            flush();
            Piece.Tag done = open.pop();
            if (!done.pieces().isEmpty()) {
                open.element().pieces().add(done);
            }
        }

        private void flush() {
            if (words.length() > 0) {
                open.element().pieces().add(new Piece.Words(words.toString()));
                words.setLength(0);
            }
        }

        private boolean entity() {
            Matcher found = ENTITY.matcher(raw).region(at, raw.length());
            String meant = found.lookingAt() ? meaning(found.group(1)) : null;
            if (meant == null) {
                return false;
            }
            words.append(meant);
            at = found.end();
            return true;
        }

        private static @Nullable String meaning(String name) {
            if (!name.startsWith("#")) {
                return ENTITIES.get(name);
            }
            boolean hex = name.startsWith("x", 1) || name.startsWith("X", 1);
            int point = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(point) && Character.isDefined(point) && !invisible(point)
                    ? Character.toString(point)
                    : " ";
        }

        private static boolean invisible(int point) {
            return Character.isISOControl(point)
                    || Character.getType(point) == Character.SURROGATE
                    || point == 0x2028
                    || point == 0x2029
                    || point == 0xfeff;
        }
    }
}
