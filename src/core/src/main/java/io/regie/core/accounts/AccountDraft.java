package io.regie.core.accounts;

import io.regie.core.access.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** An account to be made. */
public record AccountDraft(
        @NotBlank @Size(max = 254) String email,
        @NotBlank @Size(max = 200) String name,
        @NotNull Role role,
        @NotNull String password) {

    @Override
    public String toString() {
        return "AccountDraft[" + email + ", " + role + "]";
    }
}
