package io.regie.core.notifications;

import io.regie.core.access.Guarded;
import io.regie.core.access.Role;
import io.regie.core.access.Visibility;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.AccountView;
import io.regie.core.events.Events;
import io.regie.core.events.Hint;
import io.regie.core.mail.MailService;
import io.regie.core.notifications.Notifications.Told;
import io.regie.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The door to notifications. */
@ApplicationScoped
public class NotificationService {

    /** As many as anybody looks at. */
    private static final int SHOWN = 100;

    /** What happens within one of these goes out in one mail. */
    static final Duration GATHERED = Duration.ofMinutes(5);

    /** Longer than any transaction: what began before the mail is written is in it. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Notifications notifications;
    private final AccountService accounts;
    private final MailService mail;
    private final Events events;
    private final InstantSource clock;

    NotificationService(
            Notifications notifications,
            AccountService accounts,
            MailService mail,
            Events events,
            InstantSource clock) {
        this.notifications = notifications;
        this.accounts = accounts;
        this.mail = mail;
        this.events = events;
        this.clock = clock;
    }

    /** Tells somebody, in the ways they chose, as part of the caller's transaction. */
    @Transactional
    void tell(UUID account, Topic topic, String name, String link) {
        AccountView reader = accounts.find(account).orElse(null);
        if (reader == null || reader.disabled()) {
            return;
        }
        Choice choice = choice(account, topic.kind());
        boolean mails = choice.mail() && mail.sends();
        if (!choice.inApp() && !mails) {
            return;
        }
        Instant now = clock.instant();
        Instant due = ceiling(now).plus(GRACE);
        notifications.insert(account, topic, name, link, now, choice.inApp(), mails ? due : null);
        if (mails) {
            mail.writeLater(WriteNotificationMail.NAME, account + "/" + due.getEpochSecond(), due);
        }
        changed(account);
    }

    /** Every administrator. */
    @Transactional
    void tellAdministrators(Topic topic, String name, String link) {
        accounts.list().stream()
                .filter(account -> account.role() == Role.ADMIN)
                .forEach(account -> tell(account.id(), topic, name, link));
    }

    /** The last ones, the newest first. */
    @Transactional
    public List<NotificationView> list(UUID account, Locale locale) {
        return notifications.list(account, SHOWN).stream()
                .map(told -> view(told, locale))
                .toList();
    }

    /** What needs this person and was not seen yet, the newest first. */
    @Transactional
    public List<NotificationView> attention(UUID account, Locale locale) {
        return notifications.attention(account, SHOWN).stream()
                .map(told -> view(told, locale))
                .toList();
    }

    @Transactional
    public int unread(UUID account) {
        return notifications.unread(account);
    }

    @Transactional
    public void readAll(UUID account) {
        if (notifications.readAll(account, clock.instant()) > 0) {
            changed(account);
        }
    }

    /**
     * @return where it leads
     * @throws ProblemException when this person was told no such thing
     */
    @Transactional
    public String read(UUID account, UUID id) {
        String link = notifications.readOne(account, id, clock.instant()).orElseThrow(ProblemException::notFound);
        changed(account);
        return link;
    }

    /** One for each kind. */
    @Transactional
    public List<Choice> choices(UUID account) {
        return Arrays.stream(NotificationKind.values())
                .map(kind -> choice(account, kind))
                .toList();
    }

    /** Kinds that are missing stay as they are. */
    @Transactional
    public List<Choice> choose(UUID account, List<Choice> choices) {
        choices.forEach(choice -> notifications.choose(account, choice));
        return choices(account);
    }

    private Choice choice(UUID account, NotificationKind kind) {
        return notifications.choices(account).stream()
                .filter(choice -> choice.kind() == kind)
                .findFirst()
                .orElseGet(kind::standard);
    }

    private static Instant ceiling(Instant now) {
        long step = GATHERED.toSeconds();
        return Instant.ofEpochSecond((now.getEpochSecond() / step + 1) * step);
    }

    private static NotificationView view(Told told, Locale locale) {
        return new NotificationView(
                told.id(),
                told.kind(),
                told.topic().word(),
                told.topic().text(told.name(), locale),
                told.link(),
                told.created(),
                told.read());
    }

    private void changed(UUID account) {
        events.publish(
                new Hint("notification", account.toString(), clock.millis(), new Guarded(account, Visibility.PRIVATE)));
    }
}
