/**
 * The HTTP side that every feature shares: the first handler, callers, CSRF, response headers, problems as answers.
 * Knows no product nouns.
 */
@NullMarked
package io.regie.core.web;

import org.jspecify.annotations.NullMarked;
