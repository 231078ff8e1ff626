package io.regie.core.storage;

/**
 * A published file.
 *
 * @param key generated, with the content hash in it; letters, digits, {@code / . -} only
 * @param sha256 lower case hexadecimal
 */
public record Stored(String key, long bytes, String sha256) {}
