package io.regie.spi;

import java.time.Duration;

/**
 * Where a part of a file begins, as the file itself says.
 *
 * @param title as found, untrusted; empty when the file says none
 */
public record Chapter(Duration start, String title) {}
