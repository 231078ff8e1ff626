package io.regie.core.themes;

/**
 * Why a theme, or one of its templates, cannot be used.
 *
 * @param file inside the theme
 * @param line 0 where none is known
 */
public record ThemeProblem(String file, int line, String sentence) {

    @Override
    public String toString() {
        return (line > 0 ? file + ":" + line : file) + ": " + sentence;
    }
}
