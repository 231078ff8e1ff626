/**
 * What makes a site one's own: its name, slogan and images. Owns the images' rows; themes say which of them they show,
 * and the site shows them.
 */
@NullMarked
package io.regie.core.branding;

import org.jspecify.annotations.NullMarked;
