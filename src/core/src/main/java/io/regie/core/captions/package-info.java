/**
 * Timed text: reads what people bring as SRT or WebVTT and writes WebVTT of our own, in which nothing stands that we did
 * not mean. Knows no article and owns no storage.
 */
@NullMarked
package io.regie.core.captions;

import org.jspecify.annotations.NullMarked;
