package io.regie.core.accounts;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What people change of their own account; null leaves as it is.
 *
 * @param locale of the interface; empty follows the browser
 */
public record ProfileChange(@Nullable @Size(min = 1, max = 200) String name, @Nullable String locale) {}
