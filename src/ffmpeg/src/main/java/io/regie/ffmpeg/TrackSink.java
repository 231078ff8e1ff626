package io.regie.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** What a pass does with the packets of one track. Called on the pass's thread. */
interface TrackSink extends AutoCloseable {

    /** @param packet with the source's times; to be left as it is */
    void accept(AVPacket packet) throws FFmpegException;

    /** The track has ended: write everything out. */
    void finish() throws FFmpegException;

    @Override
    void close();
}
