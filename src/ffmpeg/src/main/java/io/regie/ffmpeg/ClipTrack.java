package io.regie.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** One track on its way from an original into a clip. Packets that come out are in time from the clip's beginning. */
interface ClipTrack extends AutoCloseable {

    /** Of the original. */
    AVStream stream();

    /** What the file's header says of it; null until that is known. */
    @Nullable
    AVCodecParameters parameters();

    /** Of the packets that come out. */
    TimeBase timeBase();

    /** Whether packets come out as they went in. */
    boolean copied();

    void accept(AVPacket packet) throws FFmpegException;

    /** Whether nothing that comes is wanted any more. */
    boolean done();

    /** Passes on what is left. */
    void finish() throws FFmpegException;

    @Override
    void close();
}
