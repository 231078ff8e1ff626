/** The page on which administrators see how the server is. */
@NullMarked
package io.regie.core.studio.system;

import org.jspecify.annotations.NullMarked;
