package io.regie.core.richtext;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document that somebody sent. What is not in the closed set of nodes, marks and attributes refuses the whole
 * document: dropping it silently would lose what a person wrote.
 */
final class ReadDocument {

    private static final int MAX_DEPTH = 12;
    private static final int MAX_NODES = 5_000;
    private static final int MAX_TEXT = 50_000;
    private static final int MAX_ADDRESS = 2_000;
    private static final int MAX_START = 1_000_000;

    private static final Set<String> NODE_FIELDS = Set.of("type", "attrs", "content", "text", "marks");
    /** What our editor's link sends along; only the address is kept, the rest is ours to decide. */
    private static final Set<String> LINK_ATTRIBUTES = Set.of("href", "target", "rel", "class", "title");

    /** To somewhere else, to a person, or to somewhere on this site; {@code //host} would be somewhere else. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?i:https?)://[^\\s\"'<>\\\\`\\p{Cntrl}]+|(?i:mailto|tel):[^\\s\"'<>\\\\`\\p{Cntrl}]+"
                    + "|/(?![/\\\\])[^\\s\"'<>\\\\`\\p{Cntrl}]*|#[^\\s\"'<>\\\\`\\p{Cntrl}]*");

    private int nodes;
    private int characters;

    Node document(JsonNode json) {
        Node document = node(json, 0);
        if (document.type() != NodeType.DOC) {
            throw malformed();
        }
        return document;
    }

    private Node node(JsonNode json, int depth) {
        if (!json.isObject()) {
            throw malformed();
        }
        if (depth > MAX_DEPTH) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "richtext.too-deep", MAX_DEPTH);
        }
        if (++nodes > MAX_NODES) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "richtext.too-many", MAX_NODES);
        }
        only(json, NODE_FIELDS);
        String word = json.path("type").asText();
        NodeType type = NodeType.find(word).orElseThrow(() -> unknown(word));
        if (type == NodeType.TEXT) {
            return text(json);
        }
        // The editor lets a line break keep the marks around it; they show nothing.
        boolean marked = type != NodeType.HARD_BREAK && json.path("marks").size() > 0;
        if (json.has("text") || marked) {
            throw malformed();
        }
        return Node.of(type, number(type, json.path("attrs")), children(type, json.path("content"), depth));
    }

    private List<Node> children(NodeType type, JsonNode content, int depth) {
        if (!content.isMissingNode() && !content.isArray()) {
            throw malformed();
        }
        List<Node> children = new ArrayList<>();
        for (JsonNode json : content) {
            Node child = node(json, depth + 1);
            if (!type.mayHold(child.type())) {
                throw new ProblemException(
                        ProblemType.BAD_REQUEST,
                        "richtext.misplaced",
                        child.type().word(),
                        type.word());
            }
            if (type == NodeType.CODE_BLOCK && (!child.marks().isEmpty() || child.link() != null)) {
                throw malformed();
            }
            add(children, child);
        }
        boolean needsContent = type == NodeType.BULLET_LIST
                || type == NodeType.ORDERED_LIST
                || type == NodeType.LIST_ITEM
                || type == NodeType.BLOCKQUOTE;
        if (needsContent && children.isEmpty()) {
            throw malformed();
        }
        return children;
    }

    /** Equal documents become equal: no empty texts, no two that could be one. */
    private static void add(List<Node> children, Node child) {
        if (child.type() == NodeType.TEXT && child.text().isEmpty()) {
            return;
        }
        int last = children.size() - 1;
        if (last >= 0 && children.get(last).isMarkedAs(child)) {
            children.set(last, Node.text(children.get(last).text() + child.text(), child.marks(), child.link()));
        } else {
            children.add(child);
        }
    }

    private Node text(JsonNode json) {
        JsonNode sent = json.path("text");
        if (!sent.isTextual() || json.has("content") || json.path("attrs").size() > 0) {
            throw malformed();
        }
        String text = printable(sent.textValue());
        characters += text.length();
        if (characters > MAX_TEXT) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "richtext.too-long", MAX_TEXT);
        }
        JsonNode marks = json.path("marks");
        if (!marks.isMissingNode() && !marks.isArray()) {
            throw malformed();
        }
        Set<Mark> found = EnumSet.noneOf(Mark.class);
        String link = null;
        for (JsonNode mark : marks) {
            String word = mark.path("type").asText();
            only(mark, Set.of("type", "attrs"));
            if (word.equals("link")) {
                only(mark.path("attrs"), LINK_ATTRIBUTES);
                link = address(mark.path("attrs").path("href"));
            } else {
                if (mark.path("attrs").size() > 0) {
                    throw malformed();
                }
                found.add(Mark.find(word).orElseThrow(() -> unknown(word)));
            }
        }
        return Node.text(text, found, link);
    }

    private static String address(JsonNode href) {
        String address = href.isTextual() ? href.textValue().strip() : "";
        if (address.length() > MAX_ADDRESS || !ADDRESS.matcher(address).matches()) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "richtext.link");
        }
        return address;
    }

    private static int number(NodeType type, JsonNode attributes) {
        return switch (type) {
            case HEADING -> {
                only(attributes, Set.of("level"));
                yield whole(attributes.path("level"), 2, 4);
            }
            case ORDERED_LIST -> {
                only(attributes, Set.of("start", "type"));
                yield attributes.path("start").isMissingNode() ? 1 : whole(attributes.path("start"), 0, MAX_START);
            }
            case CODE_BLOCK -> {
                // Which language it is in changes nothing for readers yet.
                only(attributes, Set.of("language"));
                yield 0;
            }
            case DOC, PARAGRAPH, BULLET_LIST, LIST_ITEM, BLOCKQUOTE, HORIZONTAL_RULE, HARD_BREAK, TEXT -> {
                only(attributes, Set.of());
                yield 0;
            }
        };
    }

    private static int whole(JsonNode number, int min, int max) {
        if (!number.isInt() || number.intValue() < min || number.intValue() > max) {
            throw malformed();
        }
        return number.intValue();
    }

    private static void only(JsonNode object, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw unknown(name);
            }
        }
    }

    /** Line ends and tabs stay for code; other control characters and halves of characters are nobody's text. */
    static String printable(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        raw.replace("\r\n", "\n").codePoints().forEach(point -> {
            if (point == 0x2028 || point == 0x2029) {
                text.append(' ');
            } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                text.append('\uFFFD');
            } else if (point == '\n' || point == '\t' || !Character.isISOControl(point)) {
                text.appendCodePoint(point);
            }
        });
        return text.toString();
    }

    private static ProblemException unknown(@Nullable String word) {
        String shown = word == null ? "" : word.replaceAll("[^A-Za-z0-9_-]", "");
        return new ProblemException(
                ProblemType.BAD_REQUEST, "richtext.unknown", shown.length() > 40 ? shown.substring(0, 40) : shown);
    }

    private static ProblemException malformed() {
        return new ProblemException(ProblemType.BAD_REQUEST, "richtext.malformed");
    }
}
