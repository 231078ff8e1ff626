package io.regie.core.richtext;

import java.util.Optional;

/** The nodes a document may have, with the names that ProseMirror's schema gives them in our editor. */
enum NodeType {
    DOC("doc"),
    PARAGRAPH("paragraph"),
    HEADING("heading"),
    BULLET_LIST("bulletList"),
    ORDERED_LIST("orderedList"),
    LIST_ITEM("listItem"),
    BLOCKQUOTE("blockquote"),
    CODE_BLOCK("codeBlock"),
    HORIZONTAL_RULE("horizontalRule"),
    HARD_BREAK("hardBreak"),
    TEXT("text");

    private final String word;

    NodeType(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<NodeType> find(String word) {
        for (NodeType type : values()) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    boolean mayHold(NodeType child) {
        return switch (this) {
            case DOC, BLOCKQUOTE, LIST_ITEM -> child.isBlock();
            case BULLET_LIST, ORDERED_LIST -> child == LIST_ITEM;
            case PARAGRAPH, HEADING -> child == TEXT || child == HARD_BREAK;
            case CODE_BLOCK -> child == TEXT;
            case HORIZONTAL_RULE, HARD_BREAK, TEXT -> false;
        };
    }

    private boolean isBlock() {
        return switch (this) {
            case PARAGRAPH, HEADING, BULLET_LIST, ORDERED_LIST, BLOCKQUOTE, CODE_BLOCK, HORIZONTAL_RULE -> true;
            case DOC, LIST_ITEM, HARD_BREAK, TEXT -> false;
        };
    }
}
