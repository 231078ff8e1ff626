package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_version_info;

import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/** Loads the native libraries, once. */
public final class FFmpeg {

    static {
        // The log goes to standard error as it comes: a Java callback would be called from codec threads.
        av_log_set_level(AV_LOG_ERROR);
    }

    private FFmpeg() {}

    /** Loads what decoding needs; a fraction of a second the first time. */
    public static void load() {}

    /**
     * Unpacks the command-line program of the same build. For benchmarks: it needs libraries of PulseAudio and X11, and
     * nothing that Regie does on a server depends on it.
     */
    public static Path program() {
        return Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    }

    public static String version() {
        return av_version_info().getString();
    }
}
