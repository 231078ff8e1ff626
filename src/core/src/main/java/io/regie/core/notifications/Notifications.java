package io.regie.core.notifications;

import io.regie.core.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of what people were told, and of how they want to be. */
@Singleton
class Notifications {

    private static final String COLUMNS =
            "select id, kind, topic, name, link, created, read is not null as seen from notification ";

    private final Sql sql;

    Notifications(Sql sql) {
        this.sql = sql;
    }

    record Told(UUID id, NotificationKind kind, Topic topic, String name, String link, Instant created, boolean read) {}

    void insert(
            UUID account,
            Topic topic,
            String name,
            String link,
            Instant now,
            boolean inApp,
            @Nullable Instant mailDue) {
        sql.update(
                "insert into notification (id, account, kind, topic, name, link, created, in_app, mail_due)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                account,
                topic.kind().name(),
                topic.name(),
                name,
                link,
                now,
                inApp,
                mailDue);
    }

    List<Told> list(UUID account, int most) {
        return sql.list(
                COLUMNS + "where account = ? and in_app order by created desc, id limit ?",
                Notifications::read,
                account,
                most);
    }

    List<Told> attention(UUID account, int most) {
        return sql.list(
                COLUMNS + "where account = ? and in_app and read is null and kind = 'ATTENTION'"
                        + " order by created desc, id limit ?",
                Notifications::read,
                account,
                most);
    }

    int unread(UUID account) {
        return sql.find(
                        "select count(*) from notification where account = ? and in_app and read is null",
                        row -> row.getInt(1),
                        account)
                .orElse(0);
    }

    /** @return where it leads, if there is one of this person's */
    Optional<String> readOne(UUID account, UUID id, Instant now) {
        return sql.find(
                "update notification set read = coalesce(read, ?) where account = ? and id = ? returning link",
                row -> row.getString(1),
                now,
                account,
                id);
    }

    int readAll(UUID account, Instant now) {
        return sql.update("update notification set read = ? where account = ? and read is null", now, account);
    }

    /** What is to be mailed by now and was not seen meanwhile; it counts as mailed with this transaction. */
    List<Told> takeForMail(UUID account, Instant now) {
        List<Told> due = sql.list(
                COLUMNS + "where account = ? and mail_due is not null and mail_due <= ? and read is null"
                        + " order by created, id for update",
                Notifications::read,
                account,
                now);
        sql.update(
                "update notification set mail_due = null where account = ? and mail_due is not null and mail_due <= ?",
                account,
                now);
        return due;
    }

    List<Choice> choices(UUID account) {
        return sql.list(
                "select kind, in_app, mail from notification_choice where account = ?",
                row -> new Choice(NotificationKind.valueOf(row.getString(1)), row.getBoolean(2), row.getBoolean(3)),
                account);
    }

    void choose(UUID account, Choice choice) {
        sql.update(
                "insert into notification_choice (account, kind, in_app, mail) values (?, ?, ?, ?)"
                        + " on conflict (account, kind) do update set in_app = excluded.in_app, mail = excluded.mail",
                account,
                choice.kind().name(),
                choice.inApp(),
                choice.mail());
    }

    /** Whether it was not known yet. */
    boolean learn(String code, Instant now) {
        return sql.update("insert into known_concern (code, since) values (?, ?) on conflict do nothing", code, now)
                == 1;
    }

    List<String> concerns() {
        return sql.list("select code from known_concern", row -> row.getString(1));
    }

    void forgetConcern(String code) {
        sql.update("delete from known_concern where code = ?", code);
    }

    void deleteBefore(Instant time) {
        sql.update("delete from notification where created < ?", time);
    }

    private static Told read(ResultSet row) throws SQLException {
        return new Told(
                row.getObject("id", UUID.class),
                NotificationKind.valueOf(row.getString("kind")),
                Topic.valueOf(row.getString("topic")),
                row.getString("name"),
                row.getString("link"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getBoolean("seen"));
    }
}
