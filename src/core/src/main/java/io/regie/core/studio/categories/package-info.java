/** Pages where editors arrange the categories. */
@NullMarked
package io.regie.core.studio.categories;

import org.jspecify.annotations.NullMarked;
