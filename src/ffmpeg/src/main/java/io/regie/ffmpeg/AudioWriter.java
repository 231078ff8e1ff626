package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;

import io.regie.spi.Rendition;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Writes AAC packets into an audio rendition, cut at the packets nearest to where the video's segments begin. As long as
 * that is not decided it keeps packets back, but never more than a few seconds of them.
 */
final class AudioWriter implements AutoCloseable {

    private static final double MAX_WAIT_SECONDS = 12;
    /** Where the video begins a little later than the sound, that beginning is no segment of its own. */
    private static final double MIN_SECONDS = 1;

    private final RenditionWriter writer;
    private final TimeBase timeBase;
    private final SegmentPlan plan;
    private final Deque<AVPacket> waiting = new ArrayDeque<>();
    private boolean begun;
    private double segmentStart;
    /** Boundaries up to here are behind: the middle of a packet is on the right side even where its start is not. */
    private double passedUntil;

    private long lastDts = Long.MIN_VALUE;

    AudioWriter(
            Path file,
            AVCodecParameters parameters,
            TimeBase timeBase,
            @Nullable String language,
            long nominalBandwidth,
            SegmentPlan plan,
            RenditionListener listener)
            throws FFmpegException {
        this.timeBase = timeBase;
        this.plan = plan;
        int channels = parameters.ch_layout().nb_channels();
        int sampleRate = parameters.sample_rate();
        this.writer = new RenditionWriter(
                file,
                parameters,
                timeBase,
                (codecs, range) -> Rendition.audio(codecs, channels, sampleRate, language, nominalBandwidth, range),
                listener);
    }

    /** @param packet with times on the article's line; left as it is */
    void write(AVPacket packet) throws FFmpegException {
        AVPacket copy = av_packet_clone(packet);
        if (copy == null || copy.isNull()) {
            throw new FFmpegException("Out of memory");
        }
        waiting.add(copy);
        drain(false);
    }

    private void drain(boolean everything) throws FFmpegException {
        double newest =
                waiting.isEmpty() ? 0 : timeBase.seconds(waiting.getLast().pts());
        double decided = plan.decidedUntil();
        AVPacket packet = waiting.peek();
        while (packet != null) {
            double start = timeBase.seconds(packet.pts());
            double half = timeBase.seconds(packet.duration()) / 2;
            if (!everything && start + half > decided && newest - start < MAX_WAIT_SECONDS) {
                return;
            }
            waiting.remove();
            try {
                writeOne(packet, start, half);
            } finally {
                av_packet_free(packet);
            }
            packet = waiting.peek();
        }
    }

    private void writeOne(AVPacket packet, double start, double half) throws FFmpegException {
        if (packet.dts() <= lastDts) {
            // Two packets for one moment: the muxer would refuse, a listener would not notice.
            return;
        }
        lastDts = packet.dts();
        boolean passed = start + half >= plan.boundaryAfter(passedUntil);
        boolean cut =
                !begun || (passed && start - segmentStart >= MIN_SECONDS) || start - segmentStart > MAX_WAIT_SECONDS;
        if ((cut || passed) && start + half > 0) {
            begun = true;
            segmentStart = cut ? start : segmentStart;
            passedUntil = start + half;
        }
        writer.write(packet, cut);
    }

    void finish() throws FFmpegException {
        drain(true);
        writer.finish();
    }

    @Override
    public void close() {
        waiting.forEach(packet -> av_packet_free(packet));
        waiting.clear();
        writer.close();
    }
}
