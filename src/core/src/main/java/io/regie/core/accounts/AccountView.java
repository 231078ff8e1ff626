package io.regie.core.accounts;

import io.regie.core.access.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account without its secrets. @param locale of the interface; null follows the browser */
public record AccountView(
        UUID id, String email, String name, Role role, @Nullable String locale, boolean disabled, Instant created) {}
