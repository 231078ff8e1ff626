package io.regie.core.accounts;

import io.regie.core.access.Role;
import java.time.Instant;
import java.util.UUID;

/** An invitation that nobody has accepted yet. @param expired whether it is too late for that */
public record InvitationView(UUID id, String email, Role role, Instant created, Instant expires, boolean expired) {}
