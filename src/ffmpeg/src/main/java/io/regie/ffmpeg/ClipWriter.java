package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.regie.spi.MediaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a piece out of an original and writes it as an MP4, picture and sound together. Whatever happens, nothing stays
 * open, and a file that is not whole is gone.
 */
public final class ClipWriter implements AutoCloseable {

    /** As much sound may wait for the first picture. */
    private static final int MAX_WAITING = 20_000;
    /** A track that has nothing more to say must not make us read to the end. */
    private static final double PATIENCE_SECONDS = 10;

    private final SpanStart start;
    private final Span span;
    /** What was asked for begins here, in the file's own seconds; a copy may begin a little before. */
    private final double asked;

    private final DoubleConsumer position;
    private final ClipFile file;
    private final List<ClipTrack> tracks = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable CopiedClipPictures copiedPictures;
    private boolean begun;
    private boolean pictures;
    /** How far the file could be read, in its own seconds. */
    private double reached = Double.NEGATIVE_INFINITY;

    private record Waiting(int track, AVPacket packet) {}

    /**
     * A clip.
     *
     * @param hiddenSeconds how much is in the file before its beginning, not shown but there
     */
    public record Clip(double seconds, double hiddenSeconds) {}

    private ClipWriter(SpanStart start, Span asked, boolean encoded, Path out, DoubleConsumer position)
            throws FFmpegException {
        this.start = start;
        // Players disagree about an edit that begins while a picture stands, and would let picture and sound part: a
        // copy begins where that picture did.
        boolean kept = encoded || start.standing() == SpanStart.UNKNOWN;
        this.span = kept ? asked : asked.from(start.standing());
        this.asked = asked.timeBase().seconds(asked.start());
        this.position = position;
        this.file = new ClipFile(out);
    }

    /**
     * Encodes a piece at high quality: exactly what is shown and heard between two times.
     *
     * @param from seconds from where the article begins to play
     * @param position told now and then how many seconds of the piece are done
     * @throws CancellationException when cancelled
     */
    public static Clip exact(
            MediaFile original, double from, double to, Path out, DoubleConsumer position, BooleanSupplier cancelled)
            throws RefusedMediaException, IOException {
        return write(original, from, to, out, position, cancelled, true);
    }

    /**
     * Copies a piece without encoding the pictures. What lies between the previous key frame and its beginning is in the
     * file, hidden by the edit list.
     *
     * @throws RefusedMediaException when an MP4 cannot hold the pictures as they are
     */
    public static Clip fast(
            MediaFile original, double from, double to, Path out, DoubleConsumer position, BooleanSupplier cancelled)
            throws RefusedMediaException, IOException {
        return write(original, from, to, out, position, cancelled, false);
    }

    private static Clip write(
            MediaFile original,
            double from,
            double to,
            Path out,
            DoubleConsumer position,
            BooleanSupplier cancelled,
            boolean encoded)
            throws RefusedMediaException, IOException {
        boolean whole = false;
        try (SpanStart start = SpanStart.open(original, from, cancelled);
                ClipWriter writer = new ClipWriter(start, Span.of(start.source(), from, to), encoded, out, position)) {
            writer.addTracks(encoded);
            writer.run();
            if (!encoded) {
                EditLimit.apply(out, writer.span.seconds());
            }
            whole = true;
            return new Clip(writer.span.seconds(), writer.hiddenSeconds());
        } finally {
            // After everything is closed: where files are locked, an open one could not be deleted.
            if (!whole) {
                Files.deleteIfExists(out);
            }
        }
    }

    private void addTracks(boolean encoded) throws RefusedMediaException, FFmpegException {
        Source source = start.source();
        if (source.video().isPresent()) {
            pictures = true;
            if (encoded) {
                tracks.add(new ClipPictures(source, span, packet -> take(0, packet)));
            } else {
                CopiedClipPictures.require(
                        source.input().stream(source.video().get().index()));
                copiedPictures = new CopiedClipPictures(source, span, packet -> take(0, packet));
                tracks.add(copiedPictures);
            }
        }
        if (source.audio().isPresent()) {
            int number = tracks.size();
            boolean copied = !encoded
                    && CopiedClipSound.fits(
                            source.input().stream(source.audio().get().index()));
            tracks.add(
                    copied
                            ? new CopiedClipSound(source, span, packet -> take(number, packet))
                            : new ClipSound(source, span, packet -> take(number, packet)));
        }
        if (tracks.isEmpty()) {
            throw new FFmpegException("There is neither picture nor sound in this file");
        }
    }

    private double hiddenSeconds() {
        return copiedPictures == null ? 0 : copiedPictures.hiddenSeconds();
    }

    private void run() throws FFmpegException {
        MediaInput input = start.source().input();
        AVPacket packet = av_packet_alloc();
        boolean reading = true;
        boolean picturesBegun = !pictures;
        try {
            while (reading && !tracks.stream().allMatch(ClipTrack::done) && input.read(packet)) {
                for (int i = 0; i < tracks.size(); i++) {
                    ClipTrack track = tracks.get(i);
                    if (track.stream().index() != packet.stream_index()) {
                        continue;
                    }
                    boolean picture = pictures && i == 0;
                    picturesBegun |= picture && start.begins(packet);
                    if (!track.done() && (!picture || picturesBegun)) {
                        track.accept(packet);
                    }
                    reading = report(track, packet);
                }
                av_packet_unref(packet);
            }
            if (reached < asked) {
                throw new FFmpegException("The file ends before this range begins");
            }
            for (ClipTrack track : tracks) {
                track.finish();
            }
            if (!begun) {
                begin();
            }
            file.finish();
        } finally {
            av_packet_free(packet);
        }
    }

    /** @return whether it is worth reading on */
    private boolean report(ClipTrack track, AVPacket packet) {
        if (packet.dts() == AV_NOPTS_VALUE) {
            return true;
        }
        TimeBase timeBase = TimeBase.of(track.stream().time_base());
        reached = Math.max(reached, timeBase.seconds(packet.dts() + packet.duration()));
        double done = timeBase.seconds(packet.dts()) - span.timeBase().seconds(span.start());
        position.accept(Math.max(0, Math.min(done, span.seconds())));
        return done < span.seconds() + PATIENCE_SECONDS;
    }

    private void take(int track, AVPacket packet) throws FFmpegException {
        // Reading asks as well, but encoders go on when everything is read.
        start.source().input().throwIfCancelled();
        if (!begun && tracks.stream().allMatch(one -> one.parameters() != null)) {
            begin();
        }
        if (begun) {
            file.write(track, packet, tracks.get(track).timeBase());
        } else if (waiting.size() >= MAX_WAITING) {
            throw new FFmpegException("There is no picture in this range");
        } else {
            waiting.add(new Waiting(track, av_packet_clone(packet)));
            av_packet_unref(packet);
        }
    }

    private void begin() throws FFmpegException {
        for (ClipTrack track : tracks) {
            if (track.parameters() == null) {
                throw new FFmpegException("There is no picture in this range");
            }
            file.add(track.parameters(), track.timeBase(), track.copied() ? track.stream() : null);
        }
        file.begin(
                hiddenSeconds() > 0
                        ? String.format(
                                Locale.ROOT,
                                "Copied without encoding: %.3f s before the beginning are in this file, hidden.",
                                hiddenSeconds())
                        : "");
        begun = true;
        for (Waiting one : waiting) {
            file.write(one.track, one.packet, tracks.get(one.track).timeBase());
        }
    }

    @Override
    public void close() {
        waiting.forEach(one -> av_packet_free(one.packet));
        tracks.forEach(ClipTrack::close);
        file.close();
    }
}
