package io.regie.core.live;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recording that was, is or will be.
 *
 * @param job null for one that is planned
 * @param state {@code planned}, {@code running}, or how it ended: {@code stopped}, {@code succeeded}, {@code failed},
 *     {@code cancelled}
 */
public record CalendarEntry(UUID stream, String name, Window window, @Nullable UUID job, String state) {}
