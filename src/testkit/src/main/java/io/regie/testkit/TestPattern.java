package io.regie.testkit;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Draws and sounds what a clip shows: bars, a gradient and a moving bright square; one tone a channel. */
final class TestPattern implements Scene {

    /** Cb and Cr of white, yellow, cyan, green, magenta, red, blue, grey bars. */
    private static final int[][] BARS = {
        {128, 128}, {44, 142}, {156, 44}, {72, 58}, {184, 198}, {100, 212}, {212, 114}, {128, 128}
    };

    private static final double FLASH_SECONDS = 0.1;

    private final Clip clip;

    TestPattern(Clip clip) {
        this.clip = clip;
    }

    @Override
    public void draw(AVFrame frame, int index) {
        for (int plane = 0; plane < 3; plane++) {
            int width = plane == 0 ? clip.width : (clip.width + 1) / 2;
            int height = plane == 0 ? clip.height : (clip.height + 1) / 2;
            boolean wide = frame.format() == AV_PIX_FMT_YUV420P10LE;
            byte[] row = new byte[wide ? width * 2 : width];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int value = value(plane, x, y, width, height, index);
                    if (wide) {
                        row[2 * x] = (byte) (value << 2);
                        row[2 * x + 1] = (byte) (value >> 6);
                    } else {
                        row[x] = (byte) value;
                    }
                }
                frame.data(plane).position((long) y * frame.linesize(plane)).put(row, 0, row.length);
            }
        }
    }

    private int value(int plane, int x, int y, int width, int height, int index) {
        if (clip.flashAndBeep) {
            boolean flash = Math.floorMod(index, clip.fps) < Math.round(FLASH_SECONDS * clip.fps);
            return plane > 0 ? 128 : flash ? 235 : 16;
        }
        if (index < clip.blackFrames) {
            return plane > 0 ? 128 : 16;
        }
        int bar = Math.min(7, x * 8 / width);
        if (plane > 0) {
            return y < height * 2 / 3 ? BARS[bar][plane - 1] : 128;
        }
        int size = Math.max(4, height / 5);
        int left = (int) ((long) index * width / (clip.fps * 2L) % Math.max(1, width - size));
        int top = height / 3;
        if (x >= left && x < left + size && y >= top && y < top + size) {
            return ((x / 4 + y / 4) & 1) == 0 ? 235 : 40;
        }
        if (y < height * 2 / 3) {
            return 210 - bar * 24;
        }
        // A moving gradient, so that no two frames are equal.
        return 16 + (x * 219 / width + index * 2) % 220;
    }

    @Override
    public float[] tone(long first, int count, int channel) {
        float[] samples = new float[count];
        double pitch = clip.flashAndBeep ? 1000 : 440 + 110 * channel;
        for (int i = 0; i < count; i++) {
            double time = (double) (first + i) / clip.sampleRate;
            // The beep follows the flash's clock even when the track begins later.
            double shown = time + clip.audioOffset;
            boolean audible = !clip.flashAndBeep || shown - Math.floor(shown) < FLASH_SECONDS;
            samples[i] = audible ? (float) (0.4 * Math.sin(2 * Math.PI * pitch * time)) : 0;
        }
        return samples;
    }
}
