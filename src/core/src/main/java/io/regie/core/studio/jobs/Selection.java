package io.regie.core.studio.jobs;

import io.regie.core.jobs.JobFilter;
import io.regie.core.jobs.JobState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the page shows, as its address says. */
record Selection(Tab tab, @Nullable UUID media, @Nullable String type, @Nullable String cursor) {

    /** The states that go together. */
    enum Tab {
        ALL(Set.of()),
        ACTIVE(Set.of(JobState.QUEUED, JobState.RUNNING)),
        FAILED(Set.of(JobState.FAILED)),
        DONE(Set.of(JobState.SUCCEEDED, JobState.STOPPED, JobState.CANCELLED));

        private final Set<JobState> states;

        Tab(Set<JobState> states) {
            this.states = states;
        }

        /** The one that a word in an address names; all for anything else. */
        static Tab of(@Nullable String word) {
            for (Tab tab : values()) {
                if (tab.word().equals(word)) {
                    return tab;
                }
            }
            return ALL;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    JobFilter filter() {
        return new JobFilter(media, tab.states, type);
    }

    public boolean shows(String word) {
        return tab.word().equals(word);
    }

    /** Whether anything may be hidden. */
    public boolean narrow() {
        return tab != Tab.ALL || media != null || type != null || cursor != null;
    }

    public String query() {
        return query(tab, media, type, cursor);
    }

    public String withTab(String word) {
        return query(Tab.of(word), media, type, null);
    }

    public String withType(@Nullable String other) {
        return query(tab, media, other, null);
    }

    /** Of what is narrowed, the kind of work, which figures can be had of too. */
    public String onlyType() {
        return query(Tab.ALL, null, type, null);
    }

    public String withoutMedia() {
        return query(tab, null, type, null);
    }

    public String withCursor(@Nullable String other) {
        return query(tab, media, type, other);
    }

    private static String query(Tab tab, @Nullable UUID media, @Nullable String type, @Nullable String cursor) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (tab != Tab.ALL) {
            parts.put("show", tab.word());
        }
        if (media != null) {
            parts.put("media", media.toString());
        }
        if (type != null) {
            parts.put("type", type);
        }
        if (cursor != null) {
            parts.put("cursor", cursor);
        }
        String query = parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }
}
