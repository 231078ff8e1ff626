package io.regie.ffmpeg;

/** The source goes on with another picture or sound than it began with: it has to be opened anew. */
public final class SourceChangedException extends FFmpegException {

    private static final long serialVersionUID = 1L;

    SourceChangedException() {
        super("The source changed how it encodes");
    }
}
