package io.regie.testkit;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Describes a generated clip: a moving test pattern and a tone, two seconds at 320×180 and 25 frames per second, H.264
 * and AAC stereo in MP4 unless told otherwise. The same description always gives the same pictures and sounds.
 */
public final class Clip {

    Container container = Container.MP4;
    VideoCodec video = VideoCodec.H264;
    AudioCodec audio = AudioCodec.AAC;
    int width = 320;
    int height = 180;
    double seconds = 2;
    int fps = 25;
    int keyFrameEvery = 25;
    int bFrames;
    int rotation;
    int aspectNumerator = 1;
    int aspectDenominator = 1;
    boolean tenBit;
    boolean interlaced;
    boolean variableFrameRate;
    boolean flashAndBeep;
    boolean slowWaves;
    boolean openGroups;
    int blackFrames;
    int channels = 2;
    int sampleRate = 48_000;
    double audioOffset;

    @Nullable
    String title;

    @Nullable
    String artist;

    @Nullable
    String language;

    boolean fragmented;
    boolean faststart;
    boolean cover;
    boolean live;

    Clip() {}

    public Clip container(Container container) {
        this.container = container;
        return this;
    }

    public Clip video(VideoCodec video) {
        this.video = video;
        return this;
    }

    public Clip audio(AudioCodec audio) {
        this.audio = audio;
        return this;
    }

    public Clip size(int width, int height) {
        this.width = width;
        this.height = height;
        return this;
    }

    public Clip seconds(double seconds) {
        this.seconds = seconds;
        return this;
    }

    public Clip fps(int fps) {
        this.fps = fps;
        return this;
    }

    /** Distance of key frames, in frames. */
    public Clip keyFrameEvery(int frames) {
        this.keyFrameEvery = frames;
        return this;
    }

    public Clip bFrames(int bFrames) {
        this.bFrames = bFrames;
        return this;
    }

    /** Lets frames reach over key frames (x264's open GOP), which cannot be cut there. Needs B-frames. */
    public Clip openGroups() {
        this.openGroups = true;
        return this;
    }

    /** Clockwise degrees that a player has to turn the picture, 0, 90, 180 or 270. */
    public Clip rotation(int degrees) {
        this.rotation = degrees;
        return this;
    }

    /** Width to height of one pixel. */
    public Clip pixelAspect(int numerator, int denominator) {
        this.aspectNumerator = numerator;
        this.aspectDenominator = denominator;
        return this;
    }

    public Clip tenBit() {
        this.tenBit = true;
        return this;
    }

    public Clip interlaced() {
        this.interlaced = true;
        return this;
    }

    /** Frames at uneven distances: every third one waits twice as long. */
    public Clip variableFrameRate() {
        this.variableFrameRate = true;
        return this;
    }

    /** Instead of pattern and tone: a white flash and a beep, 100 ms at the start of each second, to measure sync. */
    public Clip flashAndBeep() {
        this.flashAndBeep = true;
        return this;
    }

    /** Instead of pattern and tone: a sun that sets over waves, and soft chords; carefully encoded, to be looked at. */
    public Clip slowWaves() {
        this.slowWaves = true;
        return this;
    }

    /** Begins with this many black frames. */
    public Clip blackFrames(int frames) {
        this.blackFrames = frames;
        return this;
    }

    public Clip channels(int channels) {
        this.channels = channels;
        return this;
    }

    public Clip sampleRate(int sampleRate) {
        this.sampleRate = sampleRate;
        return this;
    }

    /** How much later than the picture the sound begins, in seconds. */
    public Clip audioOffset(double seconds) {
        this.audioOffset = seconds;
        return this;
    }

    public Clip title(String title) {
        this.title = title;
        return this;
    }

    public Clip artist(String artist) {
        this.artist = artist;
        return this;
    }

    /** ISO 639-2 code of the audio track. */
    public Clip language(String language) {
        this.language = language;
        return this;
    }

    public Clip fragmented() {
        this.fragmented = true;
        return this;
    }

    /** Index before the media; a plain MP4 has it at the end. */
    public Clip faststart() {
        this.faststart = true;
        return this;
    }

    /** Embeds a square cover picture. */
    public Clip cover() {
        this.cover = true;
        return this;
    }

    /** As recorded live, without going back to write duration and index. Matroska and WebM only. */
    public Clip live() {
        this.live = true;
        return this;
    }

    /** Writes the clip, replacing what is there. @return {@code file} */
    public Path write(Path file) throws IOException {
        ClipWriter.write(this, file);
        return file;
    }

    /** Writes the clip into a folder under a name with the container's usual extension. */
    public Path writeIn(Path folder, String name) throws IOException {
        return write(folder.resolve(name + "." + container.extension));
    }
}
