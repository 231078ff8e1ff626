/**
 * News posts and editorials: dated texts that editors write beside the media. Owns their rows and illustrations; where
 * they stand on the site is decided there.
 */
@NullMarked
package io.regie.core.news;

import org.jspecify.annotations.NullMarked;
