package io.regie.core.mail;

import org.jspecify.annotations.Nullable;

/**
 * Where mail goes out.
 *
 * @param host empty when no mail is sent
 * @param from the address that mail comes from
 * @param username empty when the server asks for none
 * @param passwordSet whether there is a password; it is never told
 * @param address of the site, for links in mail
 * @param addressFixed whether the server's configuration says it, so that it cannot be changed here
 * @param sends whether mail is sent: all that it takes is there
 */
public record MailSettingsView(
        String host,
        int port,
        MailSecurity security,
        String from,
        String username,
        boolean passwordSet,
        @Nullable String address,
        boolean addressFixed,
        boolean sends) {}
