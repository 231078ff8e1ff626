package io.regie.core.richtext;

/** Writes a document without its formatting: paragraphs apart by an empty line. */
final class WritePlainText {

    private final StringBuilder text = new StringBuilder();

    private WritePlainText() {}

    static String of(Node document) {
        WritePlainText writer = new WritePlainText();
        writer.write(document);
        return writer.text.toString().strip();
    }

    private void write(Node node) {
        switch (node.type()) {
            case TEXT -> text.append(node.text());
            case HARD_BREAK -> text.append('\n');
            case HORIZONTAL_RULE -> block();
            case PARAGRAPH, HEADING, CODE_BLOCK -> {
                block();
                node.children().forEach(this::write);
            }
            case DOC, BULLET_LIST, ORDERED_LIST, LIST_ITEM, BLOCKQUOTE ->
                node.children().forEach(this::write);
        }
    }

    private void block() {
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
    }
}
