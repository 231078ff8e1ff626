package io.regie.core.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * One thing that somebody was told.
 *
 * @param topic stable word for what happened, like {@code media-ready}
 * @param text a sentence in the reader's language
 * @param link where to see it, a path of this site
 */
public record NotificationView(
        UUID id, NotificationKind kind, String topic, String text, String link, Instant created, boolean read) {}
