/**
 * The editor of a media article: what people write about it, its poster, its renditions, and the jobs they start on it.
 */
@NullMarked
package io.regie.core.studio.editor;

import org.jspecify.annotations.NullMarked;
