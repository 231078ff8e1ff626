package io.regie.core.uploads;

/**
 * What all originals of one account, the files that go with them and its unfinished uploads may take together.
 *
 * @param left what is not taken yet, never less than nothing
 */
public record Quota(long bytes, long left) {

    public boolean usedUp() {
        return left == 0;
    }

    public long used() {
        return bytes - left;
    }
}
