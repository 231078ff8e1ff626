/**
 * The only code that knows JavaCV: opening untrusted files, demuxing, decoding, scaling, encoding and writing fragmented
 * MP4. Policy (which rungs, what to copy) belongs to the plugins.
 *
 * <p>Runs in worker processes only. Everything a file is opened for goes through {@link io.regie.ffmpeg.MediaInput}.
 * Native memory is owned explicitly: whatever allocates is {@link AutoCloseable} and is closed on every path. The worker
 * starts its JVM with {@code org.bytedeco.javacpp.platform.extension=-gpl} (x264),
 * {@code org.bytedeco.javacpp.maxPhysicalBytes=0} (the default of four times the Java heap is less than one 1080p ladder)
 * and {@code org.bytedeco.javacpp.noPointerGC=true} (no deallocation behind our back). {@code avdevice} is never touched:
 * it needs PulseAudio and X11 libraries that a server does not have.
 */
@NullMarked
package io.regie.ffmpeg;

import org.jspecify.annotations.NullMarked;
