/** Where people work on captions and chapters of an article, beside its player. */
@NullMarked
package io.regie.core.studio.texts;

import org.jspecify.annotations.NullMarked;
