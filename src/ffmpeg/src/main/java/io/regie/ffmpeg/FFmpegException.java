package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EFBIG;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_ENOMEM;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_ENOSPC;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What libav refused to do, in its own words. */
public class FFmpegException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int code;

    /** @param action what was tried, for example {@code "read a packet"} */
    public FFmpegException(String action, int code) {
        super("Could not " + action + ": " + text(code));
        this.code = code;
    }

    public FFmpegException(String message) {
        super(message);
        this.code = 0;
    }

    /** A file of our own could not be written. */
    static FFmpegException ofWriting(IOException cause) {
        FFmpegException e = new FFmpegException("create a file", AVERROR_ENOSPC());
        e.initCause(cause);
        return e;
    }

    /** The {@code AVERROR} value, 0 when the failure was found by ourselves. */
    public int code() {
        return code;
    }

    /** Whether the machine, not the file, is to blame: no space, no memory. */
    public boolean isOutOfResources() {
        return code == AVERROR_ENOSPC() || code == AVERROR_ENOMEM() || code == AVERROR_EFBIG();
    }

    /** Passes results on and turns negative ones into an exception. */
    static int check(int result, String action) throws FFmpegException {
        if (result < 0) {
            throw new FFmpegException(action, result);
        }
        return result;
    }

    private static String text(int code) {
        byte[] buffer = new byte[128];
        av_strerror(code, buffer, buffer.length);
        int end = 0;
        while (end < buffer.length && buffer[end] != 0) {
            end++;
        }
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }
}
