package io.regie.core.notifications;

import io.regie.core.live.PlanFailed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Tells owners of live streams what did not become of their plans: nobody sits before a recording that begins by itself. */
@Singleton
class TellOfRecordings {

    private final NotificationService notifications;

    TellOfRecordings(NotificationService notifications) {
        this.notifications = notifications;
    }

    void failed(@Observes PlanFailed failed) {
        Topic topic =
                switch (failed.reason()) {
                    case MISSED -> Topic.RECORDING_MISSED;
                    case NOT_BEGUN -> Topic.RECORDING_NOT_BEGUN;
                    case FAILED -> Topic.RECORDING_FAILED;
                    case CUT_SHORT -> Topic.RECORDING_CUT_SHORT;
                };
        notifications.tell(failed.owner(), topic, failed.name(), "/studio/live/" + failed.stream());
    }
}
