/**
 * Turns a range of a video, or a set of images, into an animation, a clip, or the loop that is shown on hover: checks
 * what was asked for, names the outputs and says in sentences what went wrong. Where a range may be chosen belongs to
 * the core; media itself to {@code io.regie.ffmpeg}.
 */
@NullMarked
package io.regie.plugin.gif;

import org.jspecify.annotations.NullMarked;
