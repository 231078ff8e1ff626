package io.regie.core.themes;

import java.time.Duration;

/** What a theme may use: far above any sensible theme, far below what would hurt the site. */
final class ThemeLimits {

    /** Bytes of one template, of the descriptor, of one message file. */
    static final int FILE_BYTES = 256 * 1024;

    /** Templates of one theme. */
    static final int TEMPLATES = 200;

    /** Sections within sections in one template. */
    static final int NESTING = 40;

    /** Expressions and sections in one template. */
    static final int TAGS = 4_000;

    /** Templates within templates while one page is rendered. */
    static final int INCLUDE_DEPTH = 10;

    /** Included templates in one page, all together. */
    static final int INCLUDES = 2_000;

    /** Rounds of all loops of one page, all together. */
    static final int ITERATIONS = 20_000;

    /** Characters of one page. */
    static final int OUTPUT = 4 * 1024 * 1024;

    /** Time for one page. The slowest real page takes a few milliseconds. */
    static final Duration TIME = Duration.ofSeconds(2);

    private ThemeLimits() {}
}
