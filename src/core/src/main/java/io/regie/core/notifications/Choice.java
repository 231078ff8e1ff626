package io.regie.core.notifications;

import jakarta.validation.constraints.NotNull;

/** In which ways somebody wants to hear of a kind. */
public record Choice(@NotNull NotificationKind kind, boolean inApp, boolean mail) {}
