package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;

import io.regie.spi.Rendition;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * What a recording looks like to those who watch while it runs: a rendition for the picture and one for the sound, which
 * grow along the recording's time line across parts and connections. A source that comes back with another codec or size
 * ends it; the recording itself goes on.
 */
public final class WatchedCopy implements AutoCloseable {

    private static final double SEGMENT_SECONDS = 2;

    private final Path pictureFile;
    private final RenditionListener pictureListener;
    private final Path soundFile;
    private final RenditionListener soundListener;
    private final Deque<Double> cuts = new ArrayDeque<>();
    private @Nullable RenditionWriter picture;
    private @Nullable RenditionWriter sound;
    private byte[] pictureSetup = {};
    private byte[] soundSetup = {};
    private TimeBase pictureTimeBase = TimeBase.MICROSECONDS;
    private TimeBase soundTimeBase = TimeBase.MICROSECONDS;
    private double segmentBegan = Double.NEGATIVE_INFINITY;
    private double soundBegan = Double.NEGATIVE_INFINITY;
    private boolean ended;

    /** Files come into being with the first packets. */
    public WatchedCopy(
            Path pictureFile, RenditionListener pictureListener, Path soundFile, RenditionListener soundListener) {
        this.pictureFile = pictureFile;
        this.pictureListener = pictureListener;
        this.soundFile = soundFile;
        this.soundListener = soundListener;
    }

    /** @param shiftMicros from the stream's time line to the recording's */
    void write(LiveTrack track, AVPacket packet, long shiftMicros) {
        if (ended || !track.isReady()) {
            return;
        }
        AVPacket copy = av_packet_clone(packet);
        try {
            if (track.isVideo()) {
                writePicture(track, copy, shiftMicros);
            } else {
                writeSound(track, copy, shiftMicros);
            }
        } catch (FFmpegException e) {
            // Whoever watches has bad luck; the recording itself is not to suffer.
            ended = true;
        } finally {
            av_packet_free(copy);
        }
    }

    private void writePicture(LiveTrack track, AVPacket packet, long shiftMicros) throws FFmpegException {
        if (track.parameters().codec_id() != AV_CODEC_ID_H264) {
            ended = true;
            return;
        }
        RenditionWriter writer = picture;
        if (writer == null) {
            AVCodecParameters parameters = track.parameters();
            pictureTimeBase = track.timeBase();
            pictureSetup = setup(parameters);
            int width = parameters.width();
            int height = parameters.height();
            long rate = parameters.bit_rate() > 0 ? parameters.bit_rate() : 3_000_000;
            double frames = frameRate(track);
            writer = new RenditionWriter(
                    pictureFile,
                    parameters,
                    pictureTimeBase,
                    (codecs, range) -> Rendition.video(codecs, width, height, frames, rate, range),
                    pictureListener);
            picture = writer;
        } else if (!isSame(track, pictureSetup, pictureTimeBase)) {
            ended = true;
            return;
        }
        shift(packet, track, shiftMicros);
        double at = pictureTimeBase.seconds(packet.pts());
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        boolean cut = key && at - segmentBegan >= SEGMENT_SECONDS;
        if (cut) {
            segmentBegan = at;
            cuts.add(at);
        }
        writer.write(packet, cut);
    }

    private void writeSound(LiveTrack track, AVPacket packet, long shiftMicros) throws FFmpegException {
        RenditionWriter writer = sound;
        if (writer == null) {
            AVCodecParameters parameters = track.parameters();
            if (parameters.codec_id() != AV_CODEC_ID_AAC) {
                return;
            }
            soundTimeBase = track.timeBase();
            soundSetup = setup(parameters);
            int channels = parameters.ch_layout().nb_channels();
            int rate = parameters.sample_rate();
            long bandwidth = parameters.bit_rate() > 0 ? parameters.bit_rate() : 128_000;
            writer = new RenditionWriter(
                    soundFile,
                    parameters,
                    soundTimeBase,
                    (codecs, range) -> Rendition.audio(codecs, channels, rate, null, bandwidth, range),
                    soundListener);
            sound = writer;
        } else if (!isSame(track, soundSetup, soundTimeBase)) {
            ended = true;
            return;
        }
        shift(packet, track, shiftMicros);
        packet.dts(packet.pts());
        double at = soundTimeBase.seconds(packet.pts());
        boolean cut = picture == null && at - soundBegan >= SEGMENT_SECONDS;
        while (!cuts.isEmpty() && at >= cuts.element() - 0.01) {
            cuts.remove();
            cut = true;
        }
        if (cut) {
            soundBegan = at;
        }
        writer.write(packet, cut);
    }

    private static void shift(AVPacket packet, LiveTrack track, long shiftMicros) {
        long ticks = LiveTimes.ticks(shiftMicros, track.timeBase());
        packet.pts(packet.pts() + ticks);
        packet.dts(packet.dts() + ticks);
    }

    private static double frameRate(LiveTrack track) {
        int num = track.stream().avg_frame_rate().num();
        int den = track.stream().avg_frame_rate().den();
        return num > 0 && den > 0 ? (double) num / den : 25;
    }

    private static boolean isSame(LiveTrack track, byte[] setup, TimeBase timeBase) {
        return track.timeBase().equals(timeBase) && Arrays.equals(setup(track.parameters()), setup);
    }

    private static byte[] setup(AVCodecParameters parameters) {
        byte[] bytes = new byte[Math.max(0, parameters.extradata_size())];
        if (bytes.length > 0) {
            parameters.extradata().get(bytes);
        }
        return bytes;
    }

    @Override
    public void close() {
        ended = true;
        if (picture != null) {
            picture.close();
        }
        if (sound != null) {
            sound.close();
        }
    }
}
