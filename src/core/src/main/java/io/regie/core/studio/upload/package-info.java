/** The page that uploads. What uploads are and may be is decided below it. */
@NullMarked
package io.regie.core.studio.upload;

import org.jspecify.annotations.NullMarked;
