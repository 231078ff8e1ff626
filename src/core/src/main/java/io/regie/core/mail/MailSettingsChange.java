package io.regie.core.mail;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What is absent stays as it is.
 *
 * @param host a name or an address; empty sends no mail
 * @param password empty forgets it; a new host without a new password forgets it too
 * @param address of the site, like {@code https://media.example.org}
 */
public record MailSettingsChange(
        @Nullable @Size(max = 253) String host,
        @Nullable Integer port,
        @Nullable MailSecurity security,
        @Nullable @Size(max = 254) String from,
        @Nullable @Size(max = 254) String username,
        @Nullable @Size(max = 1000) String password,
        @Nullable @Size(max = 200) String address) {

    @Override
    public String toString() {
        return "MailSettingsChange[" + host + "]";
    }
}
