package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import io.regie.ffmpeg.Animation.Image;
import io.regie.ffmpeg.Animation.Watch;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Tries whether the media libraries do what everything else here needs them for: makes a film, a sound, an animation and
 * an image, all tiny, and reads each of them again.
 */
public final class Trial {

    private static final int SIDE = 64;
    private static final int PICTURES = 25;
    private static final TimeBase PICTURE = new TimeBase(1, PICTURES);
    private static final int SAMPLE_RATE = 48_000;
    private static final TimeBase SAMPLE = new TimeBase(1, SAMPLE_RATE);
    private static final int SAMPLES = 1024;
    private static final int CHUNKS = 20;
    private static final double PITCH = 440;
    private static final float LOUD = 0.5f;

    /** What an encoder may make of a grey or of a sound's height. */
    private static final int NEARLY = 12;

    private static final float HEARD = 0.2f;

    /**
     * Something that does not work.
     *
     * @param tool a library's name
     */
    public record Fault(String tool, String message) {}

    private interface Part {
        void run() throws Exception;
    }

    private final Path folder;
    private final List<Fault> faults = new ArrayList<>();

    private Trial(Path folder) {
        this.folder = folder;
    }

    /** @param folder for some small files, which stay @return empty when everything works */
    public static List<Fault> run(Path folder) {
        Trial trial = new Trial(folder);
        trial.attempt("libx264", trial::film);
        trial.attempt("aac", trial::sound);
        trial.attempt("gif", trial::animation);
        trial.attempt("libwebp", trial::image);
        return List.copyOf(trial.faults);
    }

    private void attempt(String tool, Part part) {
        try {
            FFmpeg.load();
            part.run();
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            faults.add(new Fault(tool, String.valueOf(e.getMessage())));
        }
    }

    private void film() throws IOException {
        Path file = folder.resolve("trial-film.mp4");
        AVCodecParameters colours = avcodec_parameters_alloc();
        try (Encoder encoder = Encoder.h264(new VideoEncoding(SIDE, SIDE, PICTURES, 500_000), PICTURE, colours);
                FrameScaler planar = new FrameScaler(SIDE, SIDE);
                ClipFile film = new ClipFile(file)) {
            int track = film.add(encoder.parameters(), PICTURE, null);
            film.begin("");
            for (int i = 0; i < PICTURES; i++) {
                try (Canvas picture = grey(shade(i))) {
                    picture.frame().pts(i);
                    encoder.encode(planar.scale(picture.frame()), packet -> write(film, track, packet));
                }
            }
            encoder.encode(null, packet -> write(film, track, packet));
            film.finish();
        } finally {
            avcodec_parameters_free(colours);
        }
        int[] read = {0};
        decode(file, AVMEDIA_TYPE_VIDEO, frame -> expectGrey(frame, shade(read[0]++)));
        expect(read[0] == PICTURES, "Of " + PICTURES + " pictures " + read[0] + " could be read again");
    }

    private static void write(ClipFile film, int track, AVPacket packet) throws FFmpegException {
        // Else the last one would last no time, and not be shown.
        packet.duration(1);
        film.write(track, packet, PICTURE);
    }

    private void sound() throws IOException {
        Path file = folder.resolve("trial-sound.m4a");
        AVFrame chunk = av_frame_alloc();
        try (Encoder encoder = Encoder.aac(SAMPLE_RATE, 1, 64_000);
                ClipFile sound = new ClipFile(file)) {
            int track = sound.add(encoder.parameters(), SAMPLE, null);
            sound.begin("");
            chunk.format(AV_SAMPLE_FMT_FLTP).nb_samples(SAMPLES).sample_rate(SAMPLE_RATE);
            av_channel_layout_default(chunk.ch_layout(), 1);
            check(av_frame_get_buffer(chunk, 0), "allocate a sound");
            for (int i = 0; i < CHUNKS; i++) {
                // The encoder may still hold the last one.
                check(av_frame_make_writable(chunk), "allocate a sound");
                FloatBuffer samples = samples(chunk);
                for (int s = 0; s < SAMPLES; s++) {
                    samples.put(s, LOUD * (float) Math.sin(2 * Math.PI * PITCH * (i * SAMPLES + s) / SAMPLE_RATE));
                }
                chunk.pts((long) i * SAMPLES);
                encoder.encode(chunk, packet -> sound.write(track, packet, SAMPLE));
            }
            encoder.encode(null, packet -> sound.write(track, packet, SAMPLE));
            sound.finish();
        } finally {
            av_frame_free(chunk);
        }
        float[] loudest = {0};
        decode(file, AVMEDIA_TYPE_AUDIO, frame -> {
            FloatBuffer samples = samples(frame);
            for (int s = 0; s < samples.limit(); s++) {
                loudest[0] = Math.max(loudest[0], Math.abs(samples.get(s)));
            }
        });
        expect(Math.abs(loudest[0] - LOUD) < HEARD, "A sound was not heard again as it was");
    }

    private void animation() throws IOException, RefusedMediaException {
        Path file = folder.resolve("trial.gif");
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Path image = folder.resolve("trial-" + i + ".png");
            try (Canvas picture = grey(shade(10 * i))) {
                ImageEncoder.writePng(picture, image);
            }
            images.add(new Image(image, 10));
        }
        Animation.ofImages(
                images, AnimationSettings.of(AnimationFormat.GIF), file, new Watch(() -> false, fraction -> {}));
        int[] read = {0};
        decode(file, AVMEDIA_TYPE_VIDEO, frame -> expectGrey(frame, shade(10 * read[0]++)));
        expect(read[0] == images.size(), "Of " + images.size() + " pictures " + read[0] + " could be read again");
    }

    private void image() throws IOException, RefusedMediaException {
        Path file = folder.resolve("trial.webp");
        try (Canvas picture = grey(shade(0))) {
            ImageEncoder.writeWebp(picture, file);
        }
        AVFrame frame = av_frame_alloc();
        try {
            Picture.read(file, frame);
            expectGrey(frame, shade(0));
        } finally {
            av_frame_free(frame);
        }
    }

    private static void decode(Path file, int type, Decoder.FrameConsumer consumer) throws FFmpegException {
        AVPacket packet = av_packet_alloc();
        try (MediaInput input = MediaInput.open(file, OpenPolicy.media(), () -> false)) {
            expect(
                    input.streamCount() == 1 && input.stream(0).codecpar().codec_type() == type,
                    "The file that was made is not understood");
            try (Decoder decoder = Decoder.open(input.stream(0), input.policy(), 1)) {
                while (input.read(packet)) {
                    decoder.decode(packet, consumer);
                    av_packet_unref(packet);
                }
                decoder.decode(null, consumer);
                expect(decoder.refused() == 0, "The file that was made is damaged");
            }
        } finally {
            av_packet_free(packet);
        }
    }

    /** Of a picture by its number: each is told from its neighbours' neighbours. */
    private static int shade(int picture) {
        return 40 + 6 * picture;
    }

    private static Canvas grey(int shade) throws FFmpegException {
        Canvas canvas = Canvas.blank(SIDE, SIDE);
        IntBuffer pixels = canvas.pixels();
        for (int i = 0; i < pixels.limit(); i++) {
            pixels.put(i, 0xFF000000 | shade * 0x010101);
        }
        return canvas;
    }

    private static void expectGrey(AVFrame frame, int shade) throws FFmpegException {
        try (Canvas whole = Canvas.scaled(frame, 1, 1)) {
            int seen = whole.pixels().get(0) & 0xFF;
            expect(Math.abs(seen - shade) <= NEARLY, "A picture came back with grey " + seen + " instead of " + shade);
        }
    }

    private static FloatBuffer samples(AVFrame frame) {
        return frame.data(0)
                .capacity(4L * frame.nb_samples())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static void expect(boolean met, String otherwise) throws FFmpegException {
        if (!met) {
            throw new FFmpegException(otherwise);
        }
    }
}
