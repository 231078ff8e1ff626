package io.regie.core.system;

import io.quarkus.runtime.ApplicationConfig;
import io.regie.core.database.Sql;
import io.regie.core.jobs.QueueFigures;
import io.regie.core.mail.MailFigures;
import io.regie.core.mail.MailService;
import io.regie.core.plugins.InstalledPlugins;
import io.regie.core.plugins.InstalledPlugins.PluginState;
import io.regie.core.plugins.JobTypes;
import io.regie.core.process.SandboxReport.Tier;
import io.regie.core.process.Workers;
import io.regie.core.storage.StorageRoom;
import io.regie.core.system.SystemView.MailState;
import io.regie.core.system.SystemView.Space;
import io.regie.core.web.WebConfig;
import io.regie.spi.MediaKind;
import io.regie.spi.Trigger;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at everything at once. Nothing of it is kept, except what cannot change while the server runs. */
@Singleton
public class SystemService {

    /** Less of the disk than this, and uploads and encodings soon fail. */
    private static final double LITTLE = 0.1;

    private static final int MANY_FAILURES = 10;

    /** It has a concern of its own. */
    private static final String RELAY = "relay";

    private final Sql sql;
    private final Workers workers;
    private final MediaLibraries libraries;
    private final StorageRoom room;
    private final QueueFigures queue;
    private final InstalledPlugins plugins;
    private final JobTypes types;
    private final MailService mail;
    private final MailFigures mailFigures;
    private final WebConfig web;
    private final ApplicationConfig application;
    private final TestTools testTools;
    private final ToolTests toolTests;

    SystemService(
            Sql sql,
            Workers workers,
            MediaLibraries libraries,
            StorageRoom room,
            QueueFigures queue,
            InstalledPlugins plugins,
            JobTypes types,
            MailService mail,
            MailFigures mailFigures,
            WebConfig web,
            ApplicationConfig application,
            TestTools testTools,
            ToolTests toolTests) {
        this.sql = sql;
        this.workers = workers;
        this.libraries = libraries;
        this.room = room;
        this.queue = queue;
        this.plugins = plugins;
        this.types = types;
        this.mail = mail;
        this.mailFigures = mailFigures;
        this.web = web;
        this.application = application;
        this.testTools = testTools;
        this.toolTests = toolTests;
    }

    public SystemView look() {
        FFmpegView ffmpeg = libraries.find().orElse(null);
        return new SystemView(
                application.version().orElse("?"),
                System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                ask("show server_version"),
                ffmpeg,
                toolTests.find().orElse(null),
                workers.installed() ? workers.sandbox().tiers() : List.of(),
                space(),
                queue.pools(),
                queue.failedLately(),
                plugins.list(),
                new MailState(mail.sends(), mailFigures.waiting(), mailFigures.failed()),
                concerns());
    }

    /** What the media libraries are; empty when no worker answers. */
    public Optional<FFmpegView> ffmpeg() {
        return libraries.find();
    }

    /** Tries the media tools now instead of at the next due time. Takes a few seconds. */
    public ToolTest test() {
        return testTools.test();
    }

    /** What somebody should look at, the urgent first. */
    public List<Concern> concerns() {
        List<Concern> concerns = new ArrayList<>();
        String unusable = workers.unusable();
        if (unusable != null) {
            concerns.add(Concern.urgent("no-worker", unusable));
        }
        toolTests.find().filter(test -> !test.passed()).ifPresent(test -> concerns.add(concern(test)));
        if (room.freeShare() < LITTLE) {
            concerns.add(Concern.urgent("disk-low", Math.round(room.freeShare() * 100) + " %"));
        }
        String refused = plugins.list().stream()
                .filter(plugin -> plugin.failure() != null)
                .map(PluginState::name)
                .collect(Collectors.joining(", "));
        if (!refused.isEmpty()) {
            concerns.add(Concern.urgent("plugin-refused", refused));
        }
        boolean records = !types.startedBy(Trigger.LIVE_STREAM).isEmpty();
        if (workers.installed() && records && !workers.confines()) {
            concerns.add(Concern.urgent("unconfined", ""));
        }
        long failed = queue.failedLately();
        if (failed >= MANY_FAILURES) {
            concerns.add(Concern.urgent("jobs-failed", String.valueOf(failed)));
        }
        long undelivered = mailFigures.failed();
        if (undelivered > 0) {
            concerns.add(Concern.urgent("mail-failed", String.valueOf(undelivered)));
        }
        addNotices(concerns);
        return concerns;
    }

    private static Concern concern(ToolTest test) {
        String names = test.faults().stream()
                .map(fault -> fault.kind() == ToolFault.Kind.WORKER ? fault.message() : fault.name())
                .collect(Collectors.joining(", "));
        return Concern.urgent(test.broken() ? "tools-broken" : "plugin-broken", names);
    }

    private void addNotices(List<Concern> concerns) {
        String unworked = List.of(MediaKind.VIDEO, MediaKind.AUDIO).stream()
                .filter(kind -> types.startedBy(Trigger.UPLOADED, kind).isEmpty())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        if (!unworked.isEmpty()) {
            concerns.add(Concern.notice("type-unworked", unworked));
        }
        String missing = workers.installed()
                ? workers.sandbox().tiers().stream()
                        .filter(tier -> !tier.active() && !tier.name().equals(RELAY))
                        .map(Tier::name)
                        .collect(Collectors.joining(", "))
                : "";
        if (!missing.isEmpty()) {
            concerns.add(Concern.notice("sandbox", missing));
        }
        if (web.insecureHttp()) {
            concerns.add(Concern.notice("insecure-http", ""));
        }
        if (!mail.sends()) {
            concerns.add(Concern.notice("mail-off", ""));
        }
    }

    private Space space() {
        long size = room.size();
        long database = sql.find("select pg_database_size(current_database())", row -> row.getLong(1))
                .orElse(0L);
        return new Space(size, Math.round(size * room.freeShare()), database);
    }

    private String ask(String statement) {
        return sql.find(statement, row -> row.getString(1)).orElse("?");
    }
}
