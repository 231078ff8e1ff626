/**
 * Categories: an order that editors give the media, nested like folders, each with a page, a text and a logo. Owns the
 * categories; which article is in which is the articles' to say.
 */
@NullMarked
package io.regie.core.categories;

import org.jspecify.annotations.NullMarked;
