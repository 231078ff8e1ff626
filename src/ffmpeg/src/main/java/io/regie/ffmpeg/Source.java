package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.regie.spi.MediaFile;
import io.regie.spi.Track;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * An original opened for a pass: the one video and the one audio track that play, on the article's time line. That line
 * begins where the earlier of the two does. Belongs to one thread.
 */
public final class Source implements AutoCloseable {

    private final MediaInput input;
    private final @Nullable Track video;
    private final @Nullable Track audio;
    private final long originMicros;
    private final double seconds;

    private Source(MediaInput input, @Nullable Track video, @Nullable Track audio, Duration probed) {
        this.input = input;
        this.video = video;
        this.audio = audio;
        long origin = Long.MAX_VALUE;
        for (Track track : new Track[] {video, audio}) {
            if (track != null) {
                AVStream stream = input.stream(track.index());
                long start = stream.start_time();
                if (start != AV_NOPTS_VALUE) {
                    origin = Math.min(origin, TimeBase.MICROSECONDS.from(start, TimeBase.of(stream.time_base())));
                }
            }
        }
        this.originMicros = origin == Long.MAX_VALUE ? 0 : origin;
        this.seconds = Math.max(probed.toNanos(), input.duration().toNanos()) / 1e9;
    }

    /**
     * Opens an original.
     *
     * @throws FFmpegException when the file is not what the probe found
     */
    public static Source open(MediaFile file, BooleanSupplier cancelled) throws FFmpegException {
        MediaInput input = MediaInput.open(file.path(), OpenPolicy.media(), cancelled);
        try {
            Track video = present(input, file.info().video(), AVMEDIA_TYPE_VIDEO);
            Track audio = present(input, file.info().audio(), AVMEDIA_TYPE_AUDIO);
            Duration duration = file.info().duration();
            return new Source(input, video, audio, duration == null ? Duration.ZERO : duration);
        } catch (FFmpegException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private static @Nullable Track present(MediaInput input, Optional<Track> track, int type) throws FFmpegException {
        if (track.isEmpty()) {
            return null;
        }
        int index = track.get().index();
        if (index >= input.streamCount() || input.stream(index).codecpar().codec_type() != type) {
            throw new FFmpegException("The file has other tracks than the probe found");
        }
        return track.get();
    }

    MediaInput input() {
        return input;
    }

    Optional<Track> video() {
        return Optional.ofNullable(video);
    }

    Optional<Track> audio() {
        return Optional.ofNullable(audio);
    }

    /** Playing time, 0 when nobody knows. */
    public double seconds() {
        return seconds;
    }

    /** Time zero of the article in a track's own ticks. */
    long origin(TimeBase timeBase) {
        return timeBase.from(originMicros, TimeBase.MICROSECONDS);
    }

    @Override
    public void close() {
        input.close();
    }
}
