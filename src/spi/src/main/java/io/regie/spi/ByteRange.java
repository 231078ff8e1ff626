package io.regie.spi;

/** Bytes of a file: {@code offset} inclusive, {@code length} bytes. */
public record ByteRange(long offset, long length) {

    public ByteRange {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("Negative byte range: " + offset + "+" + length);
        }
    }

    /** The first byte after this range. */
    public long end() {
        return offset + length;
    }
}
