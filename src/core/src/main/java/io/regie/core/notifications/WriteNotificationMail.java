package io.regie.core.notifications;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.AccountView;
import io.regie.core.mail.Letter;
import io.regie.core.mail.MailService;
import io.regie.core.mail.MailWriter;
import io.regie.core.notifications.Notifications.Told;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One mail with what happened within a few minutes and was not seen meanwhile. */
@Singleton
class WriteNotificationMail implements MailWriter {

    static final String NAME = "notifications";

    private final Notifications notifications;
    private final AccountService accounts;
    private final MailService mail;
    private final SettingsService settings;
    private final InstantSource clock;

    WriteNotificationMail(
            Notifications notifications,
            AccountService accounts,
            MailService mail,
            SettingsService settings,
            InstantSource clock) {
        this.notifications = notifications;
        this.accounts = accounts;
        this.mail = mail;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** @param key the account, and until when it was gathered */
    @Override
    @Transactional
    public void write(String key) {
        UUID account = UUID.fromString(key.substring(0, key.indexOf('/')));
        AccountView reader =
                accounts.find(account).filter(found -> !found.disabled()).orElse(null);
        String site = mail.site().orElse(null);
        if (reader == null || site == null) {
            return;
        }
        List<Told> due = notifications.takeForMail(account, clock.instant());
        if (due.isEmpty()) {
            return;
        }
        Locale locale =
                reader.locale() == null ? settings.get(Setting.DEFAULT_LOCALE) : Locale.forLanguageTag(reader.locale());
        NotificationMessages words =
                MessageBundles.get(NotificationMessages.class, Localized.Literal.of(locale.getLanguage()));
        StringBuilder text = new StringBuilder();
        for (Told told : due) {
            text.append(told.topic().text(told.name(), locale))
                    .append('\n')
                    .append(site)
                    .append(told.link())
                    .append("\n\n");
        }
        text.append("-- \n")
                .append(words.chooseHint())
                .append('\n')
                .append(site)
                .append("/studio/notifications\n");
        String subject = due.size() == 1
                ? due.get(0).topic().text(due.get(0).name(), locale)
                : words.subject(due.size(), settings.get(Setting.SITE_NAME));
        mail.send(new Letter(reader.email(), subject, text.toString()));
    }
}
