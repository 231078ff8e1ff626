package io.regie.core.web;

import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of our languages an answer speaks. */
public final class Languages {

    public static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.FRENCH);

    /** Remembers which language somebody chose; it holds nothing else, so scripts may read it. */
    public static final String COOKIE = "regie-language";

    private Languages() {}

    /** What the person chose on this site, or else what their browser asks for. */
    public static Locale of(RoutingContext request) {
        Cookie chosen = request.request().getCookie(COOKIE);
        for (Locale spoken : SPOKEN) {
            if (chosen != null && spoken.getLanguage().equals(chosen.getValue())) {
                return spoken;
            }
        }
        return negotiate(request.request().getHeader("Accept-Language"));
    }

    static Locale negotiate(@Nullable String accepted) {
        if (accepted == null || accepted.isBlank()) {
            return Locale.ENGLISH;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(accepted), SPOKEN);
            return best == null ? Locale.ENGLISH : best;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}
