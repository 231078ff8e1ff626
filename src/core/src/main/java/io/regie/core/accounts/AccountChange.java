package io.regie.core.accounts;

import io.regie.core.access.Role;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What an administrator changes of an account; null leaves as it is. */
public record AccountChange(
        @Nullable @Size(min = 1, max = 200) String name,
        @Nullable Role role,
        @Nullable Boolean disabled,
        @Nullable String password) {

    @Override
    public String toString() {
        return "AccountChange[" + name + ", " + role + ", " + disabled + "]";
    }
}
