package io.regie.core.people;

import io.regie.core.access.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account, as administrators see them.
 *
 * @param lastSignIn with a browser
 * @param articles how many are theirs, those in the trash too
 * @param bytes of the originals that are theirs
 */
public record PersonView(
        UUID id,
        String email,
        String name,
        Role role,
        boolean disabled,
        Instant created,
        @Nullable Instant lastSignIn,
        long articles,
        long bytes) {}
