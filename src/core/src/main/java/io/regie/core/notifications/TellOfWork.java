package io.regie.core.notifications;

import io.regie.core.jobs.JobEvent.JobFinished;
import io.regie.core.jobs.JobState;
import io.regie.core.jobs.JobSubjects;
import io.regie.core.live.LiveService;
import io.regie.core.media.MediaSettled;
import io.regie.core.plugins.JobTypes;
import io.regie.spi.Trigger;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Tells people that what they uploaded, recorded or had made is there, or will not come. */
@Singleton
class TellOfWork {

    private final NotificationService notifications;
    private final LiveService live;
    private final JobTypes types;
    private final Instance<JobSubjects> subjects;

    TellOfWork(NotificationService notifications, LiveService live, JobTypes types, Instance<JobSubjects> subjects) {
        this.notifications = notifications;
        this.live = live;
        this.types = types;
        this.subjects = subjects;
    }

    void settled(@Observes MediaSettled settled) {
        if (!settled.ready() && live.isPlanned(settled.article())) {
            // Its stream's owner hears of the plan that failed.
            return;
        }
        notifications.tell(
                settled.owner(),
                settled.ready() ? Topic.MEDIA_READY : Topic.MEDIA_FAILED,
                settled.title(),
                "/studio/media/" + settled.article());
    }

    /** Whoever asked for it. What a new file calls for by itself is told of as a whole, when its article settled. */
    void finished(@Observes JobFinished finished) {
        UUID asked = finished.job().requestedBy();
        boolean action = types.find(finished.job().type())
                .filter(type -> type.trigger() == Trigger.ON_DEMAND)
                .isPresent();
        boolean ended = finished.state() == JobState.SUCCEEDED || finished.state() == JobState.FAILED;
        if (asked == null || !action || !ended) {
            return;
        }
        UUID about = finished.job().subject();
        String title = title(about);
        boolean done = finished.state() == JobState.SUCCEEDED;
        notifications.tell(
                asked,
                done ? Topic.ACTION_READY : Topic.ACTION_FAILED,
                title.isEmpty() ? types.title(finished.job().type(), Locale.ENGLISH) : title,
                done && !title.isEmpty()
                        ? "/studio/media/" + about
                        : "/studio/jobs/" + finished.job().id());
    }

    private String title(UUID about) {
        return subjects.stream()
                .map(each -> each.titles(List.of(about)).get(about))
                .filter(title -> title != null)
                .findFirst()
                .orElse("");
    }
}
