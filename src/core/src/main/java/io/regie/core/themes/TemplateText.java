package io.regie.core.themes;

import java.util.Optional;
import java.util.Set;

/**
 * A look at a template's text before the parser sees it: how many tags it has and how deep they nest, so that a hostile
 * file costs no more than reading it. Counts may be too high for odd input, never too low.
 */
final class TemplateText {

    /** Tags that continue the section they stand in. */
    private static final Set<String> CONTINUATIONS = Set.of("else", "case", "is");

    private final String text;
    private int at;
    private int line = 1;
    private int depth;
    private int tags;

    private TemplateText(String text) {
        this.text = text;
    }

    static Optional<ThemeProblem> check(String file, String text) {
        return new TemplateText(text).scan(file);
    }

    private Optional<ThemeProblem> scan(String file) {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
            } else if (c == '\\') {
                at++;
            } else if (c == '{' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                if (next == '@') {
                    return Optional.of(new ThemeProblem(file, line, "Themes cannot declare Java types."));
                }
                if (next == '|') {
                    skipPast("|}");
                } else if (next == '!') {
                    skipPast("!}");
                } else {
                    tag(next);
                }
                if (++tags > ThemeLimits.TAGS) {
                    return Optional.of(
                            new ThemeProblem(file, line, "A template may have at most " + ThemeLimits.TAGS + " tags."));
                }
                if (depth > ThemeLimits.NESTING) {
                    return Optional.of(new ThemeProblem(
                            file, line, "Sections may nest at most " + ThemeLimits.NESTING + " levels deep."));
                }
            }
        }
        return Optional.empty();
    }

    private void tag(char kind) {
        if (kind == '/') {
            depth = Math.max(0, depth - 1);
        } else if (kind == '#') {
            if (!closesItself() && !CONTINUATIONS.contains(name(at + 2))) {
                depth++;
            }
        }
    }

    private boolean closesItself() {
        char quote = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '}') {
                return text.charAt(i - 1) == '/';
            }
        }
        return false;
    }

    private String name(int from) {
        int end = from;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(from, end);
    }

    private void skipPast(String mark) {
        int end = text.indexOf(mark, at);
        int stop = end < 0 ? text.length() : end + mark.length() - 1;
        for (; at < stop; at++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
        }
    }
}
