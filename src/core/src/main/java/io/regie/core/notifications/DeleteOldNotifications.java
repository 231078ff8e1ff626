package io.regie.core.notifications;

import io.regie.core.housekeeping.Housekeeping;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Nobody scrolls back for longer than a season. */
@Singleton
class DeleteOldNotifications implements Housekeeping {

    private static final Duration KEPT = Duration.ofDays(90);

    private final Notifications notifications;
    private final InstantSource clock;

    DeleteOldNotifications(Notifications notifications, InstantSource clock) {
        this.notifications = notifications;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "delete-old-notifications";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        notifications.deleteBefore(clock.instant().minus(KEPT));
    }
}
