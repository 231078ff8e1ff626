/**
 * Records live streams: connects, copies, reconnects, and ends with one file. Where streams come from, who may record
 * them and what becomes of the file belongs to the core; media itself to {@code io.regie.ffmpeg}.
 */
@NullMarked
package io.regie.plugin.recording;

import org.jspecify.annotations.NullMarked;
