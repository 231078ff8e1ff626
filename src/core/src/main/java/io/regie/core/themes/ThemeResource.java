package io.regie.core.themes;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

@Path("/api/v1/themes")
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
class ThemeResource {

    private final ThemeRegistry themes;
    private final ThemeFailures failures;

    ThemeResource(ThemeRegistry themes, ThemeFailures failures) {
        this.themes = themes;
        this.failures = failures;
    }

    @GET
    @Transactional
    public List<ThemeView> list() {
        return themes.list().stream().map(this::view).toList();
    }

    private ThemeView view(Theme.Loaded loaded) {
        Theme theme = loaded.theme();
        return new ThemeView(
                loaded.name(),
                theme == null ? loaded.name() : theme.descriptor().title(),
                theme == null ? "" : theme.descriptor().version(),
                themes.isActive(loaded.name()),
                loaded.problems().stream().map(ThemeProblem::toString).toList(),
                failures.latest(loaded.name()).stream()
                        .map(failure -> new ThemeView.Failure(
                                failure.template, failure.sentence, failure.firstSeen, failure.lastSeen))
                        .toList());
    }
}
