package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** What a look at a live stream for some seconds found. */
public final class LiveLook {

    private static final int ENOUGH_KEY_FRAMES = 3;

    private final List<String> warnings;
    private @Nullable Video video;
    private @Nullable String audio;
    private Picture.@Nullable Written snapshot;
    private double spacing;
    private double lastKey = Double.NaN;
    private int keys;

    /** What is known of the picture. */
    public record Video(String codec, int width, int height, double frameRate) {}

    private LiveLook(List<String> warnings) {
        this.warnings = warnings;
    }

    /**
     * Connects, looks until three key frames went by, and writes the first picture.
     *
     * @param longest to look, if key frames are rare
     */
    public static LiveLook at(
            LiveAddress address,
            Duration silence,
            Duration longest,
            Path snapshot,
            BooleanSupplier cancelled,
            BooleanSupplier stopped)
            throws IOException {
        try (LiveCapture capture = LiveCapture.connect(address, silence, cancelled, stopped)) {
            LiveLook look = new LiveLook(capture.warnings());
            look.look(capture, longest, snapshot);
            return look;
        }
    }

    private void look(LiveCapture capture, Duration longest, Path file) throws IOException {
        LiveTrack picture = null;
        for (LiveTrack track : capture.tracks()) {
            if (track.isVideo()) {
                picture = track;
                AVStream stream = track.stream();
                double rate = Rationals.value(stream.avg_frame_rate());
                video = new Video(
                        track.codec(),
                        stream.codecpar().width(),
                        stream.codecpar().height(),
                        rate > 0 && rate < 1000 ? rate : 0);
            } else {
                audio = track.codec();
            }
        }
        if (picture != null) {
            watch(capture.input(), picture, longest, file);
        }
    }

    private void watch(LiveInput input, LiveTrack picture, Duration longest, Path file) throws IOException {
        long until = System.nanoTime() + longest.toNanos();
        TimeBase timeBase = TimeBase.of(picture.stream().time_base());
        AVPacket packet = av_packet_alloc();
        try (Decoder decoder = Decoder.open(picture.stream(), input.policy(), 1);
                PosterPicker still = new PosterPicker()) {
            boolean shown = false;
            while (keys < ENOUGH_KEY_FRAMES && System.nanoTime() < until && input.read(packet)) {
                if (packet.stream_index() == picture.index()) {
                    boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
                    if (key && packet.pts() != AV_NOPTS_VALUE) {
                        count(timeBase.seconds(packet.pts()));
                    }
                    if (keys > 0 && (key || !shown)) {
                        shown = true;
                        decoder.decode(packet, frame -> still.offer(frame, keys));
                    }
                }
                av_packet_unref(packet);
            }
            decoder.decode(null, frame -> still.offer(frame, keys));
            snapshot = still.write(file, DisplaySize.of(picture.stream())).orElse(null);
        } finally {
            av_packet_free(packet);
        }
    }

    private void count(double seconds) {
        if (!Double.isNaN(lastKey)) {
            spacing = Math.max(spacing, seconds - lastKey);
        }
        lastKey = seconds;
        keys++;
    }

    public List<String> warnings() {
        return warnings;
    }

    public Optional<Video> video() {
        return Optional.ofNullable(video);
    }

    /** The codec of the sound. */
    public Optional<String> audio() {
        return Optional.ofNullable(audio);
    }

    /** The longest time between two key frames in seconds, 0 when there were not two. */
    public double keyFrameSpacing() {
        return spacing;
    }

    /** The size of the picture that was written, if there was one. */
    public Optional<Picture.Written> snapshot() {
        return Optional.ofNullable(snapshot);
    }
}
