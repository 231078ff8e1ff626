package io.regie.core.accounts;

import io.quarkus.qute.TemplateInstance;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.Sentences;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.web.BuiltAssets;
import io.regie.core.web.Client;
import io.regie.core.web.Cookies;
import io.regie.core.web.Csrf;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the pages before the studio have in common that a link leads to. */
@Singleton
class EntryPage {

    private final SettingsService settings;
    private final BuiltAssets assets;
    private final Cookies cookies;
    private final Csrf csrf;

    EntryPage(SettingsService settings, BuiltAssets assets, Cookies cookies, Csrf csrf) {
        this.settings = settings;
        this.assets = assets;
        this.cookies = cookies;
        this.csrf = csrf;
    }

    /**
     * What each of them shows.
     *
     * @param possible whether somebody may come in by this connection
     * @param problem about the page as a whole
     */
    record View(
            Look look,
            String siteName,
            boolean possible,
            boolean confidential,
            String csrf,
            @Nullable String problem,
            Map<String, String> problems) {

        /** What is wrong with a field, or nothing. */
        public String problemOf(String field) {
            return problems.getOrDefault(field, "");
        }
    }

    View view(RoutingContext request, @Nullable ProblemException refused) {
        Client client = Client.of(request);
        boolean possible = cookies.possible(client);
        Locale locale = Languages.of(request);
        Map<String, String> problems = new HashMap<>();
        if (refused != null) {
            refused.fields().forEach(field -> problems.put(field.name(), field.sentence(locale)));
        }
        return new View(
                Look.of(request, assets),
                settings.get(Setting.SITE_NAME),
                possible,
                client.confidential(),
                possible ? csrf.token(request) : "",
                refused == null || !problems.isEmpty() ? null : Sentences.of(locale, refused),
                problems);
    }

    /** As a whole page in the reader's language. */
    static String render(RoutingContext request, TemplateInstance page) {
        return page.setLocale(Languages.of(request)).render();
    }
}
