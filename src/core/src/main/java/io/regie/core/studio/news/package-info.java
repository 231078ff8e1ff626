/** Pages where editors write news posts and editorials. */
@NullMarked
package io.regie.core.studio.news;

import org.jspecify.annotations.NullMarked;
