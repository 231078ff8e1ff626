package io.regie.testkit;

import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A sun that sets over waves of several colours, without a word, and chords that come and go. */
final class SlowWaves implements Scene {

    /** Luma, Cb and Cr of the sky from top to horizon, at the beginning and at the end. */
    private static final float[][] DAY = {{92, 160, 118}, {132, 140, 150}, {190, 100, 158}};

    private static final float[][] NIGHT = {{34, 146, 124}, {52, 152, 136}, {96, 128, 168}};
    private static final float[] SUN = {222, 82, 152};
    private static final float[] LOW_SUN = {176, 86, 182};

    /** Waves from the farthest to the nearest, at the beginning and at the end. */
    private static final float[][] WATER_BY_DAY = {{140, 122, 148}, {116, 136, 136}, {92, 150, 122}, {62, 152, 116}};

    private static final float[][] WATER_BY_NIGHT = {{74, 138, 156}, {56, 146, 142}, {42, 148, 130}, {28, 142, 124}};

    /** Hertz: two chords that share their highest notes. */
    private static final double[][] CHORDS = {{110, 220, 277.18, 329.63, 415.3}, {92.5, 185, 277.18, 329.63, 440}};

    private static final double CHORD_SECONDS = 6;
    private static final double FADE_SECONDS = 1.5;

    private final Clip clip;

    SlowWaves(Clip clip) {
        this.clip = clip;
    }

    @Override
    public void draw(AVFrame frame, int index) {
        double time = (double) index / clip.fps;
        float evening = (float) smooth(time / clip.seconds);
        float[][] crests = crests(time);
        for (int plane = 0; plane < 3; plane++) {
            int step = plane == 0 ? 1 : 2;
            int width = clip.width / step;
            int height = clip.height / step;
            byte[][] rows = new byte[height][width];
            int component = plane;
            IntStream.range(0, height)
                    .parallel()
                    .forEach(y -> row(rows[y], component, y * step, step, evening, crests, index));
            for (int y = 0; y < height; y++) {
                frame.data(plane).position((long) y * frame.linesize(plane)).put(rows[y], 0, width);
            }
        }
    }

    /** Where each wave begins, for each column, in rows from the top. */
    private float[][] crests(double time) {
        float[][] crests = new float[WATER_BY_DAY.length][clip.width];
        for (int wave = 0; wave < crests.length; wave++) {
            double level = 0.60 + 0.095 * wave;
            double swing = 0.012 + 0.009 * wave;
            double speed = (wave % 2 == 0 ? 1 : -1) * (0.28 + 0.10 * wave);
            for (int x = 0; x < clip.width; x++) {
                double along = (double) x / clip.width * 2 * Math.PI;
                double height = Math.sin(along * (2.2 - 0.3 * wave) + speed * time + wave * 1.7)
                        + 0.45 * Math.sin(along * (4.1 + 0.4 * wave) - 0.8 * speed * time + wave);
                crests[wave][x] =
                        (float) (clip.height * (level + swing * height + 0.006 * Math.sin(time * 0.9 + wave)));
            }
        }
        return crests;
    }

    private void row(byte[] row, int component, int y, int step, float evening, float[][] crests, int index) {
        float down = (float) y / clip.height;
        float sky = sky(component, down / 0.66f, evening);
        float sun = mix(SUN[component], LOW_SUN[component], evening);
        float sunX = clip.width * 0.62f;
        float sunY = clip.height * (0.30f + 0.30f * evening);
        float radius = clip.height * 0.115f;
        for (int i = 0; i < row.length; i++) {
            int x = i * step;
            float dx = x - sunX;
            float dy = y - sunY;
            float value = 0;
            // What a nearer wave hides is not drawn.
            int first = crests.length - 1;
            while (first >= 0 && y - crests[first][x] < step) {
                first--;
            }
            if (first < 0) {
                float distance = (float) Math.sqrt(dx * dx + dy * dy);
                float halo = 1 / (1 + distance * distance / (radius * radius * 5));
                value = mix(sky, sun, 0.55f * halo);
                value = mix(value, sun, clamp(radius - distance + 0.5f));
            }
            for (int wave = Math.max(0, first); wave < crests.length; wave++) {
                float depth = y - crests[wave][x];
                float covered = clamp(depth / step + 0.5f);
                if (covered > 0) {
                    float water = mix(WATER_BY_DAY[wave][component], WATER_BY_NIGHT[wave][component], evening);
                    // Light on the crest, and the sun's way over the water.
                    float way = 1 + dx * dx / (radius * radius * (2 + wave));
                    float light = 0.22f / (1 + depth * 14 / clip.height * (wave + 1)) + 0.20f / (way * way);
                    value = mix(value, mix(water, sun, light), covered);
                }
            }
            row[i] = (byte) (int) (value + dither(x, y, index));
        }
    }

    private static float sky(int component, float down, float evening) {
        float at = Math.min(down, 1) * 2;
        int from = at < 1 ? 0 : 1;
        float between = at - from;
        float day = mix(DAY[from][component], DAY[from + 1][component], between);
        return mix(day, mix(NIGHT[from][component], NIGHT[from + 1][component], between), evening);
    }

    /** From 0 to 1 and the same for the same pixel: steps in a gradient that eight bits cannot show are not seen. */
    private static float dither(int x, int y, int index) {
        int hash = x * 374761393 + y * 668265263 + (index & 3) * 1274126177;
        hash = (hash ^ (hash >>> 13)) * 1103515245;
        return ((hash >>> 16) & 0xff) / 256f;
    }

    private static float mix(float one, float other, float share) {
        return one + (other - one) * share;
    }

    private static float clamp(float share) {
        return Math.max(0, Math.min(1, share));
    }

    private static double smooth(double share) {
        double bounded = Math.max(0, Math.min(1, share));
        return bounded * bounded * (3 - 2 * bounded);
    }

    @Override
    public float[] tone(long first, int count, int channel) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            double time = (double) (first + i) / clip.sampleRate;
            double ends = smooth(time / FADE_SECONDS) * smooth((clip.seconds - time) / FADE_SECONDS);
            double into = time % CHORD_SECONDS;
            double breath = smooth(into / 2) * smooth((CHORD_SECONDS - into) / 2);
            double[] chord = CHORDS[(int) (time / CHORD_SECONDS) % CHORDS.length];
            double sum = 0;
            for (int note = 0; note < chord.length; note++) {
                // The two sides a little apart, so that the chord moves.
                double pitch = chord[note] * (1 + (channel == 0 ? 0.0008 : -0.0008) * note);
                double sway = 0.75 + 0.25 * Math.sin(2 * Math.PI * (0.11 + 0.03 * note) * time + channel);
                sum += sway * Math.sin(2 * Math.PI * pitch * time) / (note + 1.5);
            }
            samples[i] = (float) (0.16 * ends * breath * sum);
        }
        return samples;
    }
}
