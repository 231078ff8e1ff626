package io.regie.core.web;

import io.regie.core.problem.ProblemException;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of our languages an answer speaks. */
public final class Languages {

    public static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.FRENCH);

    /** Remembers which language somebody chose; it holds nothing else, so scripts may read it. */
    public static final String COOKIE = "regie-language";

    private static final Duration REMEMBERED = Duration.ofDays(365);

    /** Where the first handler leaves what {@link SiteLanguage} says. */
    private static final String OF_SITE = SiteLanguage.class.getName();

    private Languages() {}

    /** What the person chose on this site, or else what their browser asks for, or else the site's own. */
    public static Locale of(RoutingContext request) {
        Cookie chosen = request.request().getCookie(COOKIE);
        for (Locale spoken : SPOKEN) {
            if (chosen != null && spoken.getLanguage().equals(chosen.getValue())) {
                return spoken;
            }
        }
        Locale site = request.get(OF_SITE);
        return negotiate(request.request().getHeader("Accept-Language"), site == null ? Locale.ENGLISH : site);
    }

    static void ofSite(RoutingContext request, Locale language) {
        request.put(OF_SITE, language);
    }

    /** From now on this browser is spoken to in the language that somebody chose; null follows the browser again. */
    public static void choose(RoutingContext request, @Nullable String language) {
        request.response()
                .addCookie(Cookie.cookie(COOKIE, language == null ? "" : language)
                        .setPath("/")
                        .setSameSite(CookieSameSite.LAX)
                        .setSecure(Client.of(request).https())
                        .setMaxAge(language == null ? 0 : REMEMBERED.toSeconds()));
    }

    /** @throws ProblemException about the field when we do not speak the language */
    public static Locale require(String language, String field) {
        return SPOKEN.stream()
                .filter(spoken -> spoken.getLanguage().equals(language))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalidField(field, "language-unknown"));
    }

    static Locale negotiate(@Nullable String accepted, Locale otherwise) {
        if (accepted == null || accepted.isBlank()) {
            return otherwise;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(accepted), SPOKEN);
            return best == null ? otherwise : best;
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
