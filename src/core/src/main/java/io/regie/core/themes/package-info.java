/**
 * Installed themes and the restricted template engine that renders them. Themes are strangers' files: what a template can
 * reach, how long it may run and how much it may write is decided here; what a page shows is the caller's business.
 */
@NullMarked
package io.regie.core.themes;

import org.jspecify.annotations.NullMarked;
