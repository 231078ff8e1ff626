package io.regie.testkit;

/** Encoders for the sound of a clip. */
public enum AudioCodec {
    NONE(""),
    AAC("aac"),
    MP3("libmp3lame"),
    OPUS("libopus"),
    FLAC("flac"),
    PCM("pcm_s16le"),
    ALAW("pcm_alaw"),
    AC3("ac3");

    final String encoder;

    AudioCodec(String encoder) {
        this.encoder = encoder;
    }
}
