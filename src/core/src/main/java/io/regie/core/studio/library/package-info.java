/** The studio's library: every article that the person may change, to be found, looked over and changed in bulk. */
@NullMarked
package io.regie.core.studio.library;

import org.jspecify.annotations.NullMarked;
