package io.regie.core.themes;

import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** Markup that is safe to show; the one thing a template prints without escaping. */
public final class SafeHtml {

    /** The one policy for markup that holds what people wrote. */
    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "h2",
                    "h3",
                    "h4",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "pre",
                    "code",
                    "hr",
                    "br",
                    "strong",
                    "em",
                    "s",
                    "a")
            .allowUrlProtocols("https", "http", "mailto", "tel")
            .allowAttributes("href")
            .onElements("a")
            .requireRelsOnLinks("nofollow", "ugc", "noopener", "noreferrer")
            .allowAttributes("start")
            .matching(Pattern.compile("[0-9]{1,7}"))
            .onElements("ol")
            .toFactory();

    private final String markup;

    private SafeHtml(String markup) {
        this.markup = markup;
    }

    /** Without whatever the policy does not allow. */
    public static SafeHtml sanitized(String markup) {
        return new SafeHtml(POLICY.sanitize(markup));
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
