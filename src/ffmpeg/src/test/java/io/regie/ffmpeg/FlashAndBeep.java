package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * The sync oracle: by how much a file's beeps come after its flashes. Looks at what is decoded and at nothing that the
 * file says of itself but presentation times.
 */
final class FlashAndBeep {

    private static final int BRIGHT = 128;
    private static final double LOUD = 0.1;
    private static final double QUIET_SECONDS = 0.3;

    private final List<Double> flashes = new ArrayList<>();
    private final List<Double> beeps = new ArrayList<>();
    private boolean bright = true;
    private double lastLoud = Double.NEGATIVE_INFINITY;
    private boolean heard;

    private FlashAndBeep() {}

    /**
     * Seconds by which each beep follows its flash.
     *
     * @param from where in the file to begin, in seconds
     */
    static List<Double> offsets(Path file, double from, double to) throws Exception {
        FlashAndBeep measured = new FlashAndBeep();
        measured.look(file, from, to);
        TreeMap<Double, Boolean> beeps = new TreeMap<>();
        measured.beeps.forEach(beep -> beeps.put(beep, true));
        List<Double> offsets = new ArrayList<>();
        for (double flash : measured.flashes) {
            Double before = beeps.floorKey(flash);
            Double after = beeps.ceilingKey(flash);
            double nearest = before == null || (after != null && after - flash < flash - before)
                    ? after == null ? Double.NaN : after - flash
                    : before - flash;
            if (Math.abs(nearest) < 0.5) {
                offsets.add(nearest);
            }
        }
        assertThat(offsets).as("flashes with beeps").hasSizeGreaterThan(2);
        return offsets;
    }

    /** The middle one of {@link #offsets}. */
    static double offset(Path file, double from, double to) throws Exception {
        List<Double> sorted = offsets(file, from, to).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** When the flashes are. */
    static List<Double> flashes(Path file) throws Exception {
        FlashAndBeep measured = new FlashAndBeep();
        measured.look(file, 0, Double.MAX_VALUE);
        return measured.flashes;
    }

    private void look(Path file, double from, double to) throws Exception {
        try (MediaInput input = MediaInput.open(file, OpenPolicy.media(), () -> false)) {
            List<Decoder> decoders = new ArrayList<>();
            AVPacket packet = av_packet_alloc();
            try {
                for (int i = 0; i < input.streamCount(); i++) {
                    decoders.add(Decoder.open(input.stream(i), input.policy(), 1));
                }
                if (from > 0) {
                    TimeBase timeBase = TimeBase.of(input.stream(0).time_base());
                    input.seek(0, timeBase.atOrAfter(from));
                }
                while (input.read(packet)) {
                    AVStream stream = input.stream(packet.stream_index());
                    TimeBase timeBase = TimeBase.of(stream.time_base());
                    if (timeBase.seconds(packet.dts()) > to) {
                        av_packet_unref(packet);
                        break;
                    }
                    boolean video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
                    decoders.get(packet.stream_index()).decode(packet, frame -> {
                        double at = timeBase.seconds(frame.best_effort_timestamp());
                        if (video) {
                            see(frame, at);
                        } else {
                            hear(frame, at);
                        }
                    });
                    av_packet_unref(packet);
                }
            } finally {
                av_packet_free(packet);
                decoders.forEach(Decoder::close);
            }
        }
    }

    private void see(AVFrame frame, double at) {
        BytePointer luma = frame.data(0);
        long middle = (long) frame.height() / 2 * frame.linesize(0) + frame.width() / 2;
        boolean now = (luma.get(middle) & 0xff) > BRIGHT;
        if (now && !bright) {
            flashes.add(at);
        }
        bright = now;
    }

    private void hear(AVFrame frame, double at) {
        int count = frame.nb_samples();
        float[] samples = new float[count];
        if (frame.format() == AV_SAMPLE_FMT_FLTP) {
            new FloatPointer(frame.extended_data(0)).get(samples);
        } else {
            short[] shorts = new short[count * frame.ch_layout().nb_channels()];
            new ShortPointer(frame.data(0)).get(shorts);
            for (int i = 0; i < count; i++) {
                samples[i] = shorts[i * frame.ch_layout().nb_channels()] / 32768f;
            }
        }
        for (int i = 0; i < count; i++) {
            double time = at + (double) i / frame.sample_rate();
            if (Math.abs(samples[i]) > LOUD) {
                if (heard && time - lastLoud > QUIET_SECONDS) {
                    beeps.add(time);
                }
                lastLoud = time;
            }
            if (!heard) {
                heard = true;
                lastLoud = time;
            }
        }
    }
}
