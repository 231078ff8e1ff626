package io.regie.core.themes;

/** Markup that this application made itself; the one thing a template prints without escaping. */
public final class SafeHtml {

    private final String markup;

    private SafeHtml(String markup) {
        this.markup = markup;
    }

    /** Paragraphs and line breaks of a plain text; every character stays text. */
    public static SafeHtml ofPlainText(String text) {
        StringBuilder html = new StringBuilder(text.length() + 32);
        for (String paragraph : text.replace("\r\n", "\n").split("\n[ \t]*\n")) {
            if (!paragraph.isBlank()) {
                html.append("<p>")
                        .append(Html.escape(paragraph.strip()).replace("\n", "<br>"))
                        .append("</p>");
            }
        }
        return new SafeHtml(html.toString());
    }

    String markup() {
        return markup;
    }

    @Override
    public String toString() {
        return markup;
    }
}
