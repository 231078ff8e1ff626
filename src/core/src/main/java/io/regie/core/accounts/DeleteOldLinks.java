package io.regie.core.accounts;

import io.regie.core.housekeeping.Housekeeping;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Forgets one-time links a month after they ended; until then they say so to whoever opens them. */
@Singleton
class DeleteOldLinks implements Housekeeping {

    private static final Duration KEPT = Duration.ofDays(30);

    private final InvitationService invitations;
    private final PasswordResetService resets;
    private final InstantSource clock;

    DeleteOldLinks(InvitationService invitations, PasswordResetService resets, InstantSource clock) {
        this.invitations = invitations;
        this.resets = resets;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "delete-old-links";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        Instant before = clock.instant().minus(KEPT);
        invitations.forget(before);
        resets.forget(before);
    }
}
