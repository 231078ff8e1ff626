package io.regie.core.accounts;

import io.regie.core.access.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Somebody to be invited.
 *
 * @param email they will sign in with it
 */
public record InvitationDraft(@NotBlank @Size(max = 254) String email, @NotNull Role role) {}
