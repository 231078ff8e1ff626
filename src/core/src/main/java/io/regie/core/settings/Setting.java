package io.regie.core.settings;

import io.regie.core.access.Visibility;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Function;

/**
 * One thing an administrator can set while the site runs. Features declare their own as constants.
 *
 * @param key unique; prefixed by the feature
 * @param fallback while nobody set it
 */
public record Setting<T>(String key, T fallback, Function<String, T> parse, Function<T, String> print) {

    public static final Setting<String> SITE_NAME = text("site.name", "Regie");

    /** A line below the name; empty for none. */
    public static final Setting<String> SITE_SLOGAN = text("site.slogan", "");

    /** Of pages whose reader does not say what they speak. */
    public static final Setting<Locale> DEFAULT_LOCALE =
            new Setting<>("site.locale", Locale.ENGLISH, Locale::forLanguageTag, Locale::toLanguageTag);

    /** Where days begin and end. */
    public static final Setting<ZoneId> ZONE =
            new Setting<>("site.zone", ZoneId.systemDefault(), Setting::zone, ZoneId::getId);

    /** Of uploads that do not say. */
    public static final Setting<Visibility> DEFAULT_VISIBILITY = choice("media.visibility", Visibility.PUBLIC);

    public static final Setting<String> ACTIVE_THEME = text("site.theme", "default");

    public static Setting<String> text(String key, String fallback) {
        return new Setting<>(key, fallback, Function.identity(), Function.identity());
    }

    public static Setting<Long> number(String key, long fallback) {
        return new Setting<>(key, fallback, Long::valueOf, String::valueOf);
    }

    public static Setting<Boolean> flag(String key, boolean fallback) {
        return new Setting<>(key, fallback, Boolean::valueOf, String::valueOf);
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static <E extends Enum<E>> Setting<E> choice(String key, E fallback) {
        return new Setting<>(key, fallback, word -> Enum.valueOf(fallback.getDeclaringClass(), word), Enum::name);
    }
}
