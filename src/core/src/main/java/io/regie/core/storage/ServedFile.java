package io.regie.core.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that somebody was allowed to have, and how they go out.
 *
 * @param length how many of the file's bytes exist for the outside; less than its size while it grows
 * @param mediaType from detection or from what we made, never from a client
 * @param hash identifies exactly these bytes, for a strong ETag; null while the file grows
 * @param downloadName the name to save it under, which makes it a download; null to show it in place where its type
 *     allows that
 */
public record ServedFile(
        Path file,
        long length,
        String mediaType,
        @Nullable String hash,
        Caching caching,
        @Nullable String downloadName) {

    /** Who may keep a copy. */
    public enum Caching {
        /** Everybody, for ever: a public file behind an address that will never mean other bytes. */
        PUBLIC_IMMUTABLE("public, max-age=31536000, immutable", "cross-origin"),
        /** Everybody may keep it but must ask each time, because the address or the right to it can change. */
        PUBLIC_REVALIDATED("public, no-cache", "cross-origin"),
        /** Only who fetched it, asking each time. */
        PRIVATE_REVALIDATED("private, no-cache", "same-origin"),
        /** Nobody. */
        NO_STORE("private, no-store", "same-origin");

        private final String cacheControl;
        private final String resourcePolicy;

        Caching(String cacheControl, String resourcePolicy) {
            this.cacheControl = cacheControl;
            this.resourcePolicy = resourcePolicy;
        }

        public String cacheControl() {
            return cacheControl;
        }

        String resourcePolicy() {
            return resourcePolicy;
        }
    }
}
