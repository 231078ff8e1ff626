/**
 * The pages of the site: what visitors see, drawn by the active theme, and the upload page. Decides nothing about
 * articles; asks the features below and shows what they answer.
 */
@NullMarked
package io.regie.core.site;

import org.jspecify.annotations.NullMarked;
