package io.regie.core.media;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.HttpServerStart;
import io.regie.core.access.Caller;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * Asks the database, when the site has just opened, what the first upload will make it ask. Understanding a query for the
 * first time takes up to half a second in a fresh virtual machine, and together these are most of what the first film
 * after a start would have to wait for.
 */
@Singleton
class FirstQuestions {
    private static final System.Logger LOG = System.getLogger(FirstQuestions.class.getName());

    private final MediaArticles articles;
    private final Renditions renditions;
    private final Attachments attachments;
    private final EssentialJobs essentials;
    private final OldSlugs former;
    private final ArticleTitles titles;
    private final MediaLibrary library;
    private final SettingsService settings;

    FirstQuestions(
            MediaArticles articles,
            Renditions renditions,
            Attachments attachments,
            EssentialJobs essentials,
            OldSlugs former,
            ArticleTitles titles,
            MediaLibrary library,
            SettingsService settings) {
        this.articles = articles;
        this.renditions = renditions;
        this.attachments = attachments;
        this.essentials = essentials;
        this.former = former;
        this.titles = titles;
        this.library = library;
        this.settings = settings;
    }

    void opened(@ObservesAsync HttpServerStart event) {
        try {
            QuarkusTransaction.requiringNew().run(this::ask);
        } catch (RuntimeException e) {
            // Nobody waits for the answers, and a database that is away is told about elsewhere.
            LOG.log(System.Logger.Level.DEBUG, "Not asked: {0}", e.toString());
        }
    }

    private void ask() {
        // Of nothing that exists: it is the questions that matter.
        UUID nothing = UUID.randomUUID();
        RenditionRow row = new RenditionRow();
        row.id = nothing;
        articles.findByUpload(nothing);
        articles.findSameFile(nothing, "");
        articles.slugTaken("");
        articles.findBySlug("");
        articles.findLocked(nothing);
        former.keptForOther("", nothing);
        former.findArticle("");
        essentials.waiting(nothing);
        essentials.end(nothing);
        renditions.current(List.of(nothing));
        renditions.findOf(nothing, 1, "");
        renditions.segmentCount(row);
        renditions.segments(row);
        attachments.current(List.of(nothing));
        titles.titles(List.of(nothing));
        library.page(Caller.visitor(), MediaQuery.latest(1), settings.get(Setting.DEFAULT_LOCALE));
    }
}
