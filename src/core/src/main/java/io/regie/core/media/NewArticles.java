package io.regie.core.media;

import io.regie.core.problem.ProblemException;
import io.regie.core.settings.SettingsService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What articles begin with when nobody says otherwise. */
@ApplicationScoped
public class NewArticles {

    private final SettingsService settings;

    NewArticles(SettingsService settings) {
        this.settings = settings;
    }

    public Optional<Licence> licence() {
        return settings.get(Licence.STANDARD);
    }

    /** @param code null for none. @throws ProblemException when there is no such licence */
    public void changeLicence(@Nullable String code) {
        settings.set(Licence.STANDARD, Optional.ofNullable(code).map(NewArticles::require));
    }

    private static Licence require(String code) {
        return Licence.find(code).orElseThrow(() -> ProblemException.invalidField("licence", "media-licence-unknown"));
    }
}
