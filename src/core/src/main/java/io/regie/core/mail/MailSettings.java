package io.regie.core.mail;

import io.regie.core.egress.Destination;
import io.regie.core.egress.EgressRefusedException;
import io.regie.core.problem.ProblemException;
import io.regie.core.secrets.Vault;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.settings.SiteAddress;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** What administrators say about mail, while the site runs. */
@Singleton
public class MailSettings {

    private static final Setting<String> HOST = Setting.text("mail.host", "");
    private static final Setting<Long> PORT = Setting.number("mail.port", 465);
    private static final Setting<MailSecurity> SECURITY = Setting.choice("mail.security", MailSecurity.TLS);
    private static final Setting<String> FROM = Setting.text("mail.from", "");
    private static final Setting<String> USERNAME = Setting.text("mail.username", "");

    /** Sealed. */
    private static final Setting<String> PASSWORD = Setting.text("mail.password", "");

    private static final String PURPOSE = "mail password";

    private final SettingsService settings;
    private final SiteAddress address;
    private final Vault vault;

    MailSettings(SettingsService settings, SiteAddress address, Vault vault) {
        this.settings = settings;
        this.address = address;
        this.vault = vault;
    }

    /** All that it takes to send. @param site its address */
    record Account(
            String host, int port, MailSecurity security, String from, String username, String password, String site) {

        @Override
        public String toString() {
            return "Account[" + host + "]";
        }
    }

    /** Empty while no mail is sent. */
    Optional<Account> account() {
        String host = settings.get(HOST);
        String from = settings.get(FROM);
        String site = address.find().orElse("");
        if (host.isEmpty() || from.isEmpty() || site.isEmpty()) {
            return Optional.empty();
        }
        String sealed = settings.get(PASSWORD);
        return Optional.of(new Account(
                host,
                settings.get(PORT).intValue(),
                settings.get(SECURITY),
                from,
                settings.get(USERNAME),
                sealed.isEmpty() ? "" : vault.open(sealed, PURPOSE).orElse(""),
                site));
    }

    public MailSettingsView read() {
        return new MailSettingsView(
                settings.get(HOST),
                settings.get(PORT).intValue(),
                settings.get(SECURITY),
                settings.get(FROM),
                settings.get(USERNAME),
                !settings.get(PASSWORD).isEmpty(),
                address.find().orElse(null),
                address.fixed(),
                account().isPresent());
    }

    /**
     * All of it or nothing. Another host is not told the old one's password.
     *
     * @throws ProblemException when something is not as it must be
     */
    @Transactional
    public void change(MailSettingsChange change) {
        String host = change.host() == null ? settings.get(HOST) : change.host().strip();
        boolean moved = !host.equals(settings.get(HOST));
        int port = change.port() == null ? settings.get(PORT).intValue() : change.port();
        checkHost(host, port);
        settings.set(HOST, host);
        settings.set(PORT, (long) port);
        if (change.security() != null) {
            settings.set(SECURITY, change.security());
        }
        String from = change.from() == null ? settings.get(FROM) : change.from().strip();
        if (!from.isEmpty() || !host.isEmpty()) {
            MailAddresses.require(from, "from");
        }
        settings.set(FROM, from);
        if (change.username() != null) {
            settings.set(USERNAME, plain(change.username().strip(), "username"));
        }
        if (change.password() != null) {
            String password = plain(change.password(), "password");
            settings.set(PASSWORD, password.isEmpty() ? "" : vault.seal(password, PURPOSE));
        } else if (moved) {
            settings.set(PASSWORD, "");
        }
        if (change.address() != null && !address.fixed()) {
            address.change(change.address());
        }
    }

    private static void checkHost(String host, int port) {
        if (port < 1 || port > 65535) {
            throw ProblemException.invalidField("port", "mail.port");
        }
        if (host.isEmpty()) {
            return;
        }
        try {
            Destination.of(host, port);
        } catch (EgressRefusedException e) {
            throw ProblemException.invalidField("host", "mail.host");
        }
    }

    private static String plain(String text, String field) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidField(field, "mail.control");
        }
        return text;
    }
}
