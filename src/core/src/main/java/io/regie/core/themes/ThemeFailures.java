package io.regie.core.themes;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.context.ManagedExecutor;

/**
 * Failures of templates, for the log and for the administrators. A broken page fails at every visit; it is written down
 * once in ten minutes.
 */
@ApplicationScoped
class ThemeFailures implements PanacheRepositoryBase<ThemeFailure, UUID> {

    private static final System.Logger LOG = System.getLogger(ThemeFailures.class.getName());
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final int SENTENCE = 500;
    private static final int REMEMBERED = 1_000;

    private final InstantSource clock;
    private final ManagedExecutor executor;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    ThemeFailures(InstantSource clock, ManagedExecutor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    void note(String theme, String template, String message) {
        Instant now = clock.instant();
        String sentence = message.length() > SENTENCE ? message.substring(0, SENTENCE) : message;
        String key = theme + ' ' + template + ' ' + sentence;
        Instant last = noted.get(key);
        if (last != null && last.plus(QUIET).isAfter(now)) {
            return;
        }
        if (noted.size() >= REMEMBERED) {
            noted.clear();
        }
        noted.put(key, now);
        LOG.log(
                System.Logger.Level.ERROR,
                "Template {0} of theme {1} failed; the built-in theme is shown instead. {2}",
                template,
                theme,
                sentence);
        // Pages of errors are drawn on the event loop, which must not wait for the database.
        executor.execute(() -> keep(theme, template, sentence, now));
    }

    private void keep(String theme, String template, String sentence, Instant now) {
        try {
            QuarkusTransaction.requiringNew().run(() -> store(theme, template, sentence, now));
        } catch (RuntimeException e) {
            // The page matters more than the notice; the log has it.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The failure of theme {0} could not be stored: {1}",
                    theme,
                    e.getMessage());
        }
    }

    private void store(String theme, String template, String sentence, Instant now) {
        int known = update(
                "lastSeen = ?1 where theme = ?2 and template = ?3 and sentence = ?4", now, theme, template, sentence);
        if (known == 0) {
            ThemeFailure failure = new ThemeFailure();
            failure.id = UUID.randomUUID();
            failure.theme = theme;
            failure.template = template;
            failure.sentence = sentence;
            failure.firstSeen = now;
            failure.lastSeen = now;
            persist(failure);
        }
    }

    List<ThemeFailure> latest(String theme) {
        return find("theme = ?1 order by lastSeen desc", theme).page(0, 20).list();
    }
}
