/**
 * Receiving large files by tus, resuming, and handing them over.
 */
@NullMarked
package io.regie.core.uploads;

import org.jspecify.annotations.NullMarked;
