package io.regie.core.accounts;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.regie.core.access.Role;
import io.regie.core.access.SiteState;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/**
 * Opens a new site: whoever reads the server's console, or decides on its environment, becomes its first administrator.
 * Until then every other way in is closed.
 */
@Singleton
class SetupService implements SiteState {

    private static final System.Logger LOG = System.getLogger("io.regie.Setup");

    /** Without the ones people mistake for others. */
    private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final AgroalDataSource database;
    private final AccountService accounts;
    private final SettingsService settings;
    private final AttemptLimits limits;
    private final AccountsConfig config;
    private final InstantSource clock;
    private final Vertx vertx;
    private final Event<SiteOpened> opened;
    private volatile boolean open;

    SetupService(
            AgroalDataSource database,
            AccountService accounts,
            SettingsService settings,
            AttemptLimits limits,
            AccountsConfig config,
            InstantSource clock,
            Vertx vertx,
            Event<SiteOpened> opened) {
        this.database = database;
        this.accounts = accounts;
        this.settings = settings;
        this.limits = limits;
        this.config = config;
        this.clock = clock;
        this.vertx = vertx;
        this.opened = opened;
    }

    /** Before whatever else starts with the application looks for accounts. */
    void start(@Observes @Priority(100) StartupEvent started) {
        open = isDone();
        if (open) {
            return;
        }
        if (config.adminEmail().isPresent() && config.adminPassword().isPresent()) {
            try {
                open(new NewSite(
                        config.siteName(),
                        null,
                        null,
                        config.adminEmail().get(),
                        config.adminPassword().get(),
                        false));
                LOG.log(System.Logger.Level.INFO, "Made the first administrator from REGIE_ADMIN_EMAIL.");
                return;
            } catch (ProblemException refused) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "REGIE_ADMIN_EMAIL and REGIE_ADMIN_PASSWORD cannot be used: {0}",
                        refused.sentences(Locale.ENGLISH));
            }
        }
        announceFreshCode();
        lookAgainLater();
    }

    /** A code of before a restart is gone with the console that showed it. */
    void announceFreshCode() {
        LOG.log(
                System.Logger.Level.INFO,
                "This site is not set up yet. Open its page /setup with the one-time setup code: {0}",
                freshCode());
    }

    /** Another node may be the one that is set up. */
    private void lookAgainLater() {
        vertx.setTimer(LOOK.toMillis(), timer -> {
            if (!open) {
                vertx.executeBlocking(this::isDone).onComplete(look -> {
                    open = open || (look.succeeded() && look.result());
                    lookAgainLater();
                });
            }
        });
    }

    @Override
    public boolean open() {
        return open;
    }

    /** @throws ProblemException when the code is wrong or the site is set up already */
    UUID complete(String code, NewSite site, String address) {
        requireCode(code, address);
        return open(site);
    }

    /**
     * Whoever knows the code may go on. Looking does not use it up.
     *
     * @param address of the client, for the limit on wrong attempts
     * @throws ProblemException when the code is wrong or the site is set up already
     */
    void requireCode(String code, String address) {
        if (open || isDone()) {
            open = true;
            throw done();
        }
        limits.paySetupCode(address);
        if (!isRight(code)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "setup.wrong-code");
        }
        limits.giveBackSetupCode(address);
    }

    private UUID open(NewSite site) {
        UUID admin = QuarkusTransaction.requiringNew().call(() -> {
            // First, so that of two at once the second waits here and then finds it done.
            if (!markDone()) {
                throw done();
            }
            settings.set(Setting.SITE_NAME, site.siteName().strip());
            if (site.language() != null) {
                settings.set(Setting.DEFAULT_LOCALE, site.language());
            }
            String name = site.name() == null ? site.email().strip().replaceFirst("@.*", "") : site.name();
            UUID account = accounts.create(new AccountDraft(site.email(), name, Role.ADMIN, site.password()))
                    .id();
            Locale language = site.language() == null ? Setting.DEFAULT_LOCALE.fallback() : site.language();
            opened.fire(new SiteOpened(account, language, site.sampleContent()));
            return account;
        });
        open = true;
        return admin;
    }

    private static ProblemException done() {
        return new ProblemException(ProblemType.CONFLICT, "setup.done");
    }

    private String freshCode() {
        SecureRandom random = new SecureRandom();
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            code.append(i > 0 && i % 5 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update setup set code_hash = ? where done is null")) {
            update.setBytes(1, Digests.sha256(normal(code.toString())));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return code.toString();
    }

    private static String normal(String code) {
        return code.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
    }

    private boolean isRight(String code) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select 1 from setup where code_hash = ?")) {
            query.setBytes(1, Digests.sha256(normal(code)));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isDone() {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select 1 from setup where done is not null");
                ResultSet rows = query.executeQuery()) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean markDone() {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update setup set done = ?, code_hash = null where done is null")) {
            update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
