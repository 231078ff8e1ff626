package io.regie.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BuiltAssetsTest {

    private static final int FIRST_LOAD = 200_000;

    /** What loads with a module, as opposed to {@code import("…")} when it is needed. */
    private static final Pattern AT_ONCE = Pattern.compile("(?:\\bfrom|\\bimport)\\s*\"(\\.[^\"]+\\.js)\"");

    private static final Pattern EVER = Pattern.compile("\"(\\.{1,2}/[^\"]+\\.js)\"");

    private final BuiltAssets assets = new BuiltAssets();

    @Test
    void studioBeginsWithLittleJavaScript() {
        Set<String> loaded = loads("studio.js", AT_ONCE);
        long bytes = loaded.stream()
                .mapToLong(name -> assets.find(name).orElseThrow().gzipped().length())
                .sum();
        assertThat(bytes).as("compressed bytes of " + loaded).isBetween(1L, (long) FIRST_LOAD);
    }

    /** Under another address it would run a second time: two connections for events, two listeners for each click. */
    @Test
    void nothingLoadsTheStudioAgain() {
        for (String name : loads("studio.js", EVER)) {
            assertThat(EVER.matcher(text(name)).results().map(found -> found.group(1)))
                    .as(name)
                    .doesNotContain("../studio.js", "./studio.js");
        }
    }

    @Test
    void addressChangesWithTheBytes() {
        String version = assets.find("studio.css").orElseThrow().version();
        assertThat(assets.url("studio.css")).isEqualTo("/assets/studio.css?v=" + version);
    }

    private Set<String> loads(String entry, Pattern reference) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(entry));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (found.add(name)) {
                Matcher references = reference.matcher(text(name));
                while (references.find()) {
                    open.push(URI.create("/" + name)
                            .resolve(references.group(1))
                            .getPath()
                            .substring(1));
                }
            }
        }
        return found;
    }

    private String text(String name) {
        return assets.find(name).orElseThrow().plain().toString(StandardCharsets.UTF_8);
    }
}
