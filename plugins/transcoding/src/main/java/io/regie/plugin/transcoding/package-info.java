/**
 * Turns originals into what browsers play: which rungs a video gets, what is copied instead of encoded, in which order
 * things appear. How to decode, encode and write files is the business of {@link io.regie.ffmpeg}.
 */
@NullMarked
package io.regie.plugin.transcoding;

import org.jspecify.annotations.NullMarked;
