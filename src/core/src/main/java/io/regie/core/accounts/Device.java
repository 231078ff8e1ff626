package io.regie.core.accounts;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The browser and system that a {@code User-Agent} names, for people to tell their sessions apart. Nothing is decided by
 * it: anybody can send any. Only words known here, or one plain word, are kept of what was sent.
 */
record Device(@Nullable String browser, @Nullable String platform) {

    /** A word to look for and what it means. */
    private record Sign(String word, String meaning) {}

    /** In this order: most browsers also claim to be those that come later. */
    private static final List<Sign> BROWSERS = List.of(
            new Sign("Edg", "Edge"),
            new Sign("OPR/", "Opera"),
            new Sign("SamsungBrowser/", "Samsung Internet"),
            new Sign("Vivaldi/", "Vivaldi"),
            new Sign("Firefox/", "Firefox"),
            new Sign("FxiOS/", "Firefox"),
            new Sign("CriOS/", "Chrome"),
            new Sign("Chromium/", "Chromium"),
            new Sign("Chrome/", "Chrome"),
            new Sign("Safari/", "Safari"));

    private static final List<Sign> PLATFORMS = List.of(
            new Sign("iPhone", "iPhone"),
            new Sign("iPad", "iPad"),
            new Sign("Android", "Android"),
            new Sign("Windows", "Windows"),
            new Sign("Macintosh", "macOS"),
            new Sign("CrOS", "ChromeOS"),
            new Sign("Linux", "Linux"));

    /** A program that is no browser begins with its own name. */
    private static final Pattern PROGRAM = Pattern.compile("([A-Za-z][A-Za-z0-9._-]{0,39})(/.*)?");

    static Device of(@Nullable String userAgent) {
        if (userAgent == null) {
            return new Device(null, null);
        }
        String browser = find(BROWSERS, userAgent).orElseGet(() -> program(userAgent));
        return new Device(browser, find(PLATFORMS, userAgent).orElse(null));
    }

    private static Optional<String> find(List<Sign> signs, String userAgent) {
        return signs.stream()
                .filter(sign -> userAgent.contains(sign.word()))
                .map(Sign::meaning)
                .findFirst();
    }

    private static @Nullable String program(String userAgent) {
        Matcher first = PROGRAM.matcher(userAgent.strip().split("\\s", 2)[0]);
        return first.matches() && !first.group(1).equals("Mozilla") ? first.group(1) : null;
    }
}
