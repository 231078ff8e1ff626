package io.regie.core.access;

import java.util.UUID;

/** What the authorization function needs to know of a thing. */
public record Guarded(UUID owner, Visibility visibility) {}
