package io.regie.plugin.transcoding;

import io.regie.ffmpeg.VideoEncoding;
import io.regie.spi.MediaInfo;
import io.regie.spi.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rungs an original gets.
 *
 * <ol>
 *   <li>Standard heights below the original's own, counted on the short side so that portrait is treated like landscape.
 *   <li>The original's own size on top when that is at least 15 % more than the next, or when it can be copied: then it
 *       costs nothing, and what is closer than 15 % below is left out instead.
 *   <li>Nothing is ever scaled up.
 * </ol>
 *
 * @param rungs highest first, never empty
 * @param copyableTop the original's own size, when its facts allow to copy it; it is among the rungs
 */
record Ladder(List<Rung> rungs, @Nullable Rung copyableTop) {

    private static final int[] HEIGHTS = {1080, 720, 480, 360, 240, 144};
    private static final double STEP = 1.15;
    private static final double MAX_FRAME_RATE = 60;
    private static final int MAX_COPIED_HEIGHT = 1080;
    private static final int MAX_DOWNLOAD_HEIGHT = 720;
    private static final Set<String> COPYABLE_PROFILES =
            Set.of("Constrained Baseline", "Baseline", "Main", "High", "Progressive High", "Constrained High");

    Ladder {
        rungs = List.copyOf(rungs);
    }

    /** The ladder of a video; the original's own size counts as copyable as far as the probe can tell. */
    static Ladder of(MediaInfo info) {
        Track video = info.video().orElseThrow();
        Optional<Rung> copied = copyable(info, video);
        if (copied.isEmpty()) {
            return encoded(info);
        }
        List<Rung> rungs = new ArrayList<>(List.of(copied.get()));
        for (int height : HEIGHTS) {
            if (copied.get().height() >= height * STEP) {
                rungs.add(rung(info, video, height));
            }
        }
        return new Ladder(rungs, copied.get());
    }

    /** The ladder when everything is to be encoded. */
    static Ladder encoded(MediaInfo info) {
        Track video = info.video().orElseThrow();
        int own = even(PictureSize.of(video).shortSide());
        List<Rung> rungs = new ArrayList<>();
        for (int height : HEIGHTS) {
            if (height < own) {
                rungs.add(rung(info, video, height));
            }
        }
        if (rungs.isEmpty() || own >= rungs.get(0).height() * STEP) {
            rungs.add(0, rung(info, video, own));
        }
        return new Ladder(rungs, null);
    }

    /** The rung for a file to keep: good on any screen, small enough for any line. */
    Rung download() {
        return rungs.stream()
                .filter(rung -> rung.height() <= MAX_DOWNLOAD_HEIGHT)
                .findFirst()
                .orElse(rungs.get(rungs.size() - 1));
    }

    Optional<Rung> find(int height) {
        return rungs.stream().filter(rung -> rung.height() == height).findFirst();
    }

    private static Rung rung(MediaInfo info, Track video, int height) {
        PictureSize shown = PictureSize.of(video);
        int length = (int) Math.round(shown.longSide() * (double) height / Math.max(shown.shortSide(), 1) / 2) * 2;
        // Rounding may not make the long side longer than it was.
        length = Math.max(2, Math.min(length, even(shown.longSide())));
        boolean portrait = shown.height() > shown.width();
        int width = portrait ? height : length;
        int tall = portrait ? length : height;
        double frameRate = frameRate(video);
        long maxRate = cap(width, tall, frameRate);
        long input = bitrate(info, video);
        if (input > 0) {
            // More than the original has cannot come out better.
            maxRate = Math.min(maxRate, Math.round(input * 1.3));
        }
        return new Rung(height, new VideoEncoding(width, tall, frameRate, maxRate));
    }

    private static Optional<Rung> copyable(MediaInfo info, Track video) {
        int height = Math.min(video.width(), video.height());
        boolean browsersPlayIt = video.codec().equals("h264")
                && video.profile() != null
                && COPYABLE_PROFILES.contains(video.profile())
                && "yuv420p".equals(video.pixelFormat())
                && !video.interlaced();
        PictureSize shown = PictureSize.of(video);
        boolean asShown = video.rotation() == 0
                && video.width() == shown.width()
                && video.height() == shown.height()
                && video.width() % 2 == 0
                && video.height() % 2 == 0;
        if (!browsersPlayIt || !asShown || height > MAX_COPIED_HEIGHT || video.frameRate() > MAX_FRAME_RATE + 0.1) {
            return Optional.empty();
        }
        long bitrate = bitrate(info, video);
        long cap = cap(video.width(), video.height(), frameRate(video));
        if (bitrate <= 0 || bitrate > cap) {
            return Optional.empty();
        }
        return Optional.of(new Rung(height, new VideoEncoding(video.width(), video.height(), frameRate(video), cap)));
    }

    /** Bits that a picture element is worth, falling with size: PeerTube's figures, which its viewers are used to. */
    static long cap(int width, int height, double frameRate) {
        int shortSide = Math.min(width, height);
        double bitsPerPixel;
        if (shortSide < 240) {
            bitsPerPixel = 0.19;
        } else if (shortSide < 360) {
            bitsPerPixel = 0.17;
        } else if (shortSide < 480) {
            bitsPerPixel = 0.15;
        } else if (shortSide < 720) {
            bitsPerPixel = 0.12;
        } else if (shortSide < 1080) {
            bitsPerPixel = 0.11;
        } else {
            bitsPerPixel = 0.10;
        }
        return Math.round((double) width * height * frameRate * bitsPerPixel);
    }

    private static long bitrate(MediaInfo info, Track video) {
        if (video.bitrate() > 0) {
            return video.bitrate();
        }
        long others = info.tracks().stream()
                .filter(track -> track.index() != video.index())
                .mapToLong(Track::bitrate)
                .sum();
        return Math.max(info.bitrate() - others, 0);
    }

    private static double frameRate(Track video) {
        double rate = video.frameRate() > 0 ? video.frameRate() : 30;
        // Frames are left out evenly: every second, every third.
        return rate / Math.ceil(rate / (MAX_FRAME_RATE + 0.1));
    }

    private static int even(int size) {
        return Math.max(2, size / 2 * 2);
    }
}
