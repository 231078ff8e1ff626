package io.regie.core.media;

import io.regie.core.housekeeping.Housekeeping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Deletes outputs that were replaced long enough ago that nobody still plays them. */
@ApplicationScoped
class SweepReplacedOutputs implements Housekeeping {

    private final Renditions renditions;
    private final Attachments attachments;
    private final Event<FilesReleased> released;
    private final MediaConfig config;
    private final InstantSource clock;

    SweepReplacedOutputs(
            Renditions renditions,
            Attachments attachments,
            Event<FilesReleased> released,
            MediaConfig config,
            InstantSource clock) {
        this.renditions = renditions;
        this.attachments = attachments;
        this.released = released;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "replaced-outputs";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(15);
    }

    @Override
    @Transactional
    public void run() {
        Instant before = clock.instant().minus(config.keepReplaced());
        List<String> keys = new ArrayList<>();
        for (RenditionRow row : renditions.retiredBefore(before)) {
            keys.add(row.storageKey);
            renditions.delete(row);
        }
        for (Attachment attachment : attachments.retiredBefore(before)) {
            keys.add(attachment.storageKey);
            attachments.delete(attachment);
        }
        released.fire(new FilesReleased(keys));
    }
}
