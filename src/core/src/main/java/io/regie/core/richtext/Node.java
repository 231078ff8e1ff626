package io.regie.core.richtext;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One checked node.
 *
 * @param number the level of a heading, the first number of an ordered list, else 0
 * @param children of all but text
 * @param text of text, else empty
 * @param marks of text
 * @param link the address that a text leads to
 */
record Node(NodeType type, int number, List<Node> children, String text, Set<Mark> marks, @Nullable String link) {

    Node {
        children = List.copyOf(children);
        marks = Set.copyOf(marks);
    }

    static Node of(NodeType type, int number, List<Node> children) {
        return new Node(type, number, children, "", Set.of(), null);
    }

    static Node text(String text, Set<Mark> marks, @Nullable String link) {
        return new Node(NodeType.TEXT, 0, List.of(), text, marks, link);
    }

    boolean isMarkedAs(Node other) {
        return type == NodeType.TEXT
                && other.type == NodeType.TEXT
                && marks.equals(other.marks)
                && Objects.equals(link, other.link);
    }

    /** Whether a reader would see nothing of it. */
    boolean isBlank() {
        return switch (type) {
            case TEXT -> text.isBlank();
            case HORIZONTAL_RULE -> false;
            case DOC, PARAGRAPH, HEADING, BULLET_LIST, ORDERED_LIST, LIST_ITEM, BLOCKQUOTE, CODE_BLOCK, HARD_BREAK ->
                children.stream().allMatch(Node::isBlank);
        };
    }
}
