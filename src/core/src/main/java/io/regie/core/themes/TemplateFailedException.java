package io.regie.core.themes;

import org.jspecify.annotations.Nullable;

/** A theme's template did not produce a page. */
final class TemplateFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TemplateFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
