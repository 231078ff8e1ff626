package io.regie.core.settings;

import io.quarkus.runtime.StartupEvent;
import io.regie.core.web.SiteLanguage;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The site's language as it was when a setting was last read, which every page does. */
@Singleton
final class DefaultLanguage implements SiteLanguage {

    private final SettingsService settings;

    DefaultLanguage(SettingsService settings) {
        this.settings = settings;
    }

    /** The first page may come before anything was read. */
    void start(@Observes StartupEvent started) {
        settings.get(Setting.DEFAULT_LOCALE);
    }

    @Override
    public Locale get() {
        return settings.remembered(Setting.DEFAULT_LOCALE);
    }
}
