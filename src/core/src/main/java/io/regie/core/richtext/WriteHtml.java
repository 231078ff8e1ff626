package io.regie.core.richtext;

import java.util.ArrayList;
import java.util.List;

/** Writes a checked document as markup: elements come from here, everything from the document is escaped. */
final class WriteHtml {

    /** Search engines give nothing for links in what people upload, and the page opened learns nothing of this one. */
    private static final String REL = "nofollow ugc noopener noreferrer";

    private final StringBuilder html = new StringBuilder();

    private WriteHtml() {}

    static String of(Node document) {
        WriteHtml writer = new WriteHtml();
        writer.write(document);
        return writer.html.toString();
    }

    private void write(Node node) {
        switch (node.type()) {
            case DOC -> children(node);
            case PARAGRAPH -> element("p", node);
            case HEADING -> element("h" + node.number(), node);
            case BULLET_LIST -> element("ul", node);
            case ORDERED_LIST -> {
                html.append(node.number() == 1 ? "<ol>" : "<ol start=\"" + node.number() + "\">");
                children(node);
                html.append("</ol>");
            }
            case LIST_ITEM -> element("li", node);
            case BLOCKQUOTE -> element("blockquote", node);
            case CODE_BLOCK -> {
                html.append("<pre>");
                element("code", node);
                html.append("</pre>");
            }
            case HORIZONTAL_RULE -> html.append("<hr>");
            case HARD_BREAK -> html.append("<br>");
            case TEXT -> text(node);
        }
    }

    private void element(String name, Node node) {
        html.append('<').append(name).append('>');
        children(node);
        html.append("</").append(name).append('>');
    }

    private void children(Node node) {
        node.children().forEach(this::write);
    }

    private void text(Node node) {
        List<String> open = new ArrayList<>();
        if (node.link() != null) {
            html.append("<a href=\"");
            escape(node.link());
            html.append("\" rel=\"").append(REL).append("\">");
            open.add("a");
        }
        for (Mark mark : Mark.values()) {
            if (node.marks().contains(mark)) {
                html.append('<').append(mark.element()).append('>');
                open.add(mark.element());
            }
        }
        escape(node.text());
        for (int i = open.size() - 1; i >= 0; i--) {
            html.append("</").append(open.get(i)).append('>');
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
    }
}
