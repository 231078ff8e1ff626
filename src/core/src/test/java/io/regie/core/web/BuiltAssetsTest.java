package io.regie.core.web;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final Pattern WITH_IT = Pattern.compile("(?:\\bfrom|\\bimport)\\s*\"\\./([^\"]+\\.js)\"");

    private final BuiltAssets assets = new BuiltAssets();

    @Test
    void studioBeginsWithLittleJavaScript() {
        Set<String> loaded = withAllItNeeds("studio.js");
        long bytes = loaded.stream()
                .mapToLong(name -> assets.find(name).orElseThrow().gzipped().length())
                .sum();
        assertThat(bytes).as("compressed bytes of " + loaded).isBetween(1L, (long) FIRST_LOAD);
    }

    /** Under another address it would run a second time: two connections for events, two listeners for each click. */
    @Test
    void nothingLoadsTheStudioAgain() {
        Matcher parts = Pattern.compile("\\./(chunks/[^\"]+\\.js)").matcher(text("studio.js"));
        while (parts.find()) {
            assertThat(text(parts.group(1))).as(parts.group(1)).doesNotContain("../studio.js");
        }
    }

    @Test
    void addressChangesWithTheBytes() {
        String version = assets.find("studio.css").orElseThrow().version();
        assertThat(assets.url("studio.css")).isEqualTo("/assets/studio.css?v=" + version);
    }

    private Set<String> withAllItNeeds(String entry) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(entry));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (found.add(name)) {
                String folder = name.contains("/") ? name.substring(0, name.lastIndexOf('/') + 1) : "";
                Matcher needs = WITH_IT.matcher(text(name));
                while (needs.find()) {
                    open.push(folder + needs.group(1));
                }
            }
        }
        return found;
    }

    private String text(String name) {
        return assets.find(name).orElseThrow().plain().toString(StandardCharsets.UTF_8);
    }
}
