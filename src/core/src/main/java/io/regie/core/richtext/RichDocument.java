package io.regie.core.richtext;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.core.problem.ProblemException;
import io.regie.core.themes.SafeHtml;
import java.util.ArrayList;
import java.util.List;

/** A formatted text that was checked. Equal texts are equal documents. */
public final class RichDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Node root;

    private RichDocument(Node root) {
        this.root = root;
    }

    /**
     * A document in ProseMirror's JSON, as our editor makes it.
     *
     * @throws ProblemException when it holds anything that a document may not
     */
    public static RichDocument read(JsonNode json) {
        return new RichDocument(new ReadDocument().document(json));
    }

    /** A document that was kept with {@link #toString}. */
    public static RichDocument stored(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored document is unreadable", e);
        }
    }

    /** Paragraphs and line breaks of a plain text. */
    public static RichDocument ofPlainText(String text) {
        ObjectNode document = node(NodeType.DOC);
        ArrayNode content = document.putArray("content");
        for (String paragraph : text.replace("\r\n", "\n").split("\n[ \t]*\n")) {
            if (!paragraph.isBlank()) {
                ArrayNode lines = content.addObject()
                        .put("type", NodeType.PARAGRAPH.word())
                        .putArray("content");
                for (String line : paragraph.strip().split("\n")) {
                    if (!lines.isEmpty()) {
                        lines.addObject().put("type", NodeType.HARD_BREAK.word());
                    }
                    lines.addObject().put("type", NodeType.TEXT.word()).put("text", line);
                }
            }
        }
        return read(document);
    }

    /** Whether a reader would see nothing. */
    public boolean isBlank() {
        return root.isBlank();
    }

    /** As markup, through the gate that every markup passes. */
    public SafeHtml html() {
        return SafeHtml.sanitized(WriteHtml.of(root));
    }

    public String plainText() {
        return WritePlainText.of(root);
    }

    public JsonNode json() {
        return json(root);
    }

    /** The document's JSON, to be kept. */
    @Override
    public String toString() {
        return json().toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RichDocument document && root.equals(document.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    private static ObjectNode node(NodeType type) {
        return JsonNodeFactory.instance.objectNode().put("type", type.word());
    }

    private static ObjectNode json(Node node) {
        ObjectNode json = node(node.type());
        switch (node.type()) {
            case HEADING -> json.putObject("attrs").put("level", node.number());
            case ORDERED_LIST -> json.putObject("attrs").put("start", node.number());
            case TEXT -> {
                json.put("text", node.text());
                marks(json, node);
            }
            case DOC, PARAGRAPH, BULLET_LIST, LIST_ITEM, BLOCKQUOTE, CODE_BLOCK, HORIZONTAL_RULE, HARD_BREAK -> {}
        }
        if (!node.children().isEmpty()) {
            ArrayNode content = json.putArray("content");
            node.children().forEach(child -> content.add(json(child)));
        }
        return json;
    }

    private static void marks(ObjectNode json, Node text) {
        List<ObjectNode> marks = new ArrayList<>();
        if (text.link() != null) {
            ObjectNode link = JsonNodeFactory.instance.objectNode().put("type", "link");
            link.putObject("attrs").put("href", text.link());
            marks.add(link);
        }
        for (Mark mark : Mark.values()) {
            if (text.marks().contains(mark)) {
                marks.add(JsonNodeFactory.instance.objectNode().put("type", mark.word()));
            }
        }
        if (!marks.isEmpty()) {
            json.putArray("marks").addAll(marks);
        }
    }
}
