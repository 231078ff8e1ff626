package io.regie.plugin.transcoding;

import io.regie.ffmpeg.Decoder;
import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.MediaInput;
import io.regie.ffmpeg.OpenPolicy;
import io.regie.spi.ByteRange;
import io.regie.spi.Output;
import io.regie.spi.Rendition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.FloatPointer;

/** Decodes what was made, as a player would: the initialisation and some segments, times as the file says. */
record Watched(List<Double> pictures, List<Double> flashes, List<Double> beeps, double soundStart, double soundEnd) {

    static Watched whole(Output output) throws IOException {
        return file(output.file());
    }

    /** Only one segment, which has to be enough. */
    static Watched segment(Output output, int index, Path scratch) throws IOException {
        Rendition rendition = Objects.requireNonNull(output.rendition());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(read(output.file(), rendition.initialization()));
        bytes.write(read(output.file(), rendition.segments().get(index).range()));
        return file(Files.write(scratch, bytes.toByteArray()));
    }

    private static byte[] read(Path file, ByteRange range) throws IOException {
        byte[] bytes = new byte[(int) range.length()];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(range.offset());
            in.readFully(bytes);
        }
        return bytes;
    }

    static Watched file(Path file) throws IOException {
        Collector collector = new Collector();
        AVPacket packet = avcodec.av_packet_alloc();
        try (MediaInput input = MediaInput.open(file, OpenPolicy.media(), () -> false);
                Decoder decoder = Decoder.open(input.stream(0), input.policy(), 1)) {
            AVRational base = input.stream(0).time_base();
            collector.tick = (double) base.num() / base.den();
            while (input.read(packet)) {
                if (packet.stream_index() == 0) {
                    decoder.decode(packet, collector::see);
                }
                avcodec.av_packet_unref(packet);
            }
            decoder.decode(null, collector::see);
        } finally {
            avcodec.av_packet_free(packet);
        }
        return new Watched(
                collector.pictures, collector.flashes, collector.beeps, collector.soundStart, collector.soundEnd);
    }

    private static final class Collector {
        private final List<Double> pictures = new ArrayList<>();
        private final List<Double> flashes = new ArrayList<>();
        private final List<Double> beeps = new ArrayList<>();
        private double tick;
        private boolean bright;
        private double lastLoud = -1;
        private double soundStart = Double.NaN;
        private double soundEnd;

        void see(AVFrame frame) throws FFmpegException {
            double time = frame.best_effort_timestamp() * tick;
            if (frame.width() > 0) {
                pictures.add(time);
                int middle =
                        frame.data(0).get((long) frame.linesize(0) * (frame.height() / 2) + frame.width() / 2) & 0xff;
                if (middle > 128 && !bright) {
                    flashes.add(time);
                }
                bright = middle > 128;
                return;
            }
            if (Double.isNaN(soundStart)) {
                soundStart = time;
            }
            FloatBuffer samples =
                    new FloatPointer(frame.data(0)).capacity(frame.nb_samples()).asBuffer();
            for (int i = 0; i < frame.nb_samples(); i++) {
                double now = time + (double) i / frame.sample_rate();
                if (Math.abs(samples.get(i)) > 0.1) {
                    if (now - lastLoud > 0.3 || lastLoud < 0) {
                        beeps.add(now);
                    }
                    lastLoud = now;
                }
            }
            soundEnd = time + (double) frame.nb_samples() / frame.sample_rate();
        }
    }
}
