package io.regie.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Generated clips, one method for each oddity. Each writes into the given folder and takes some tens of milliseconds.
 */
public final class Clips {

    private Clips() {}

    /** The plain clip, to be changed. */
    public static Clip clip() {
        return new Clip();
    }

    /** Two seconds of H.264 and AAC stereo in MP4. */
    public static Path standard(Path folder) throws IOException {
        return clip().title("A test pattern").writeIn(folder, "standard");
    }

    public static Path noAudio(Path folder) throws IOException {
        return clip().audio(AudioCodec.NONE).writeIn(folder, "no-audio");
    }

    /** A phone held upright: stored lying, to be turned clockwise. */
    public static Path rotated(Path folder, int degrees) throws IOException {
        return clip().rotation(degrees).writeIn(folder, "rotated-" + degrees);
    }

    public static Path variableFrameRate(Path folder) throws IOException {
        return clip().variableFrameRate().writeIn(folder, "variable-frame-rate");
    }

    public static Path interlaced(Path folder) throws IOException {
        return clip().size(320, 192).interlaced().writeIn(folder, "interlaced");
    }

    /** Width and height that chroma subsampling and rungs do not divide. */
    public static Path oddSizes(Path folder) throws IOException {
        return clip().video(VideoCodec.VP9)
                .container(Container.WEBM)
                .audio(AudioCodec.OPUS)
                .size(323, 181)
                .writeIn(folder, "odd-sizes");
    }

    /** PAL widescreen: 720×576 stored, shown as 1024×576. */
    public static Path anamorphic(Path folder) throws IOException {
        return clip().size(720, 576).pixelAspect(64, 45).writeIn(folder, "anamorphic");
    }

    public static Path tenBit(Path folder) throws IOException {
        return clip().tenBit().writeIn(folder, "ten-bit");
    }

    public static Path surround(Path folder) throws IOException {
        return clip().channels(6).writeIn(folder, "surround");
    }

    /** Sound that begins 479 ms after the picture. */
    public static Path lateAudio(Path folder) throws IOException {
        return clip().audioOffset(0.479).writeIn(folder, "late-audio");
    }

    /** A white flash and a beep at each full second. */
    public static Path flashAndBeep(Path folder, double seconds) throws IOException {
        return clip().flashAndBeep().seconds(seconds).writeIn(folder, "flash-and-beep");
    }

    /** An M4A, MP3, FLAC, WAV or Ogg file with title and artist, and with a cover where the format has one. */
    public static Path audioOnly(Path folder, Container container) throws IOException {
        Clip clip = clip().video(VideoCodec.NONE)
                .container(container)
                .title("A tone")
                .artist("A generator");
        switch (container) {
            case MP3 -> clip.audio(AudioCodec.MP3).cover();
            case FLAC -> clip.audio(AudioCodec.FLAC).cover();
            case WAV -> clip.audio(AudioCodec.PCM);
            case OGG -> clip.audio(AudioCodec.OPUS);
            case MP4, M4A -> clip.audio(AudioCodec.AAC).cover();
            case ADTS, MOV, MKV, WEBM, TS, AVI -> clip.audio(AudioCodec.AAC);
        }
        return clip.writeIn(folder, "audio-only");
    }

    /** Ends in the middle: index in front, 60 % of the bytes. */
    public static Path truncated(Path folder) throws IOException {
        Path whole = clip().faststart().writeIn(folder, "truncated");
        byte[] bytes = Files.readAllBytes(whole);
        return Files.write(whole, Arrays.copyOf(bytes, bytes.length * 6 / 10));
    }

    /** The index was to come last and is missing: nothing can be played. */
    public static Path withoutIndex(Path folder) throws IOException {
        Path whole = clip().writeIn(folder, "without-index");
        byte[] bytes = Files.readAllBytes(whole);
        return Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
    }

    public static Path zeroBytes(Path folder) throws IOException {
        return Files.write(folder.resolve("zero-bytes.mp4"), new byte[0]);
    }

    public static Path notAVideo(Path folder) throws IOException {
        return Files.writeString(folder.resolve("not-a-video.mp4"), "This is a letter, not a video.\n".repeat(200));
    }
}
