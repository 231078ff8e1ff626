package io.regie.spi;

/** A growing rendition, see {@link JobContext#publishEarly}. Calls for one rendition come in order. */
public interface EarlyOutput {

    /**
     * Says that the next segment is completely written to the file, in order and without holes. It may be served from
     * now on.
     */
    void append(Segment segment);
}
