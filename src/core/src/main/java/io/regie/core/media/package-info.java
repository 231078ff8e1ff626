/**
 * Media articles, originals, renditions, manifests, and the bytes of their outputs.
 */
@NullMarked
package io.regie.core.media;

import org.jspecify.annotations.NullMarked;
