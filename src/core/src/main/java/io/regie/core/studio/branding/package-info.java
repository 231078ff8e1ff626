/** The page where administrators make the site their own. */
@NullMarked
package io.regie.core.studio.branding;

import org.jspecify.annotations.NullMarked;
