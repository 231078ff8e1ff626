package io.regie.testkit;

/** The file formats clips come in. */
public enum Container {
    MP4("mp4", "mp4"),
    MOV("mov", "mov"),
    MKV("matroska", "mkv"),
    WEBM("webm", "webm"),
    TS("mpegts", "ts"),
    AVI("avi", "avi"),
    M4A("ipod", "m4a"),
    MP3("mp3", "mp3"),
    FLAC("flac", "flac"),
    WAV("wav", "wav"),
    OGG("ogg", "ogg"),
    ADTS("adts", "aac");

    final String muxer;
    final String extension;

    Container(String muxer, String extension) {
        this.muxer = muxer;
        this.extension = extension;
    }

    boolean isMp4() {
        return this == MP4 || this == MOV || this == M4A;
    }
}
