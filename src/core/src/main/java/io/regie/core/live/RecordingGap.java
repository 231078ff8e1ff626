package io.regie.core.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.process.ProtocolJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time that a recording does not have: its source was away, or its recorder.
 *
 * @param at where it goes on after it, in seconds from the recording's beginning
 * @param since when it began
 * @param seconds how long nothing was recorded
 * @param reason in the plugin's own words
 */
public record RecordingGap(double at, @Nullable Instant since, double seconds, @Nullable String reason) {
    private static final int MOST = 200;
    private static final int LONGEST_REASON = 300;

    /** What a plugin says is read as a stranger's: what makes no sense is left out. */
    static List<RecordingGap> parse(String json) {
        List<RecordingGap> gaps = new ArrayList<>();
        try {
            for (JsonNode gap : ProtocolJson.mapper().readTree(json.isEmpty() ? "[]" : json)) {
                double at = gap.path("at").asDouble(-1);
                double seconds = gap.path("seconds").asDouble(-1);
                if (at >= 0 && seconds >= 0 && gaps.size() < MOST) {
                    gaps.add(new RecordingGap(at, since(gap.path("since").asText("")), seconds, reason(gap)));
                }
            }
        } catch (JsonProcessingException e) {
            return List.of();
        }
        gaps.sort(Comparator.comparing(RecordingGap::at));
        return List.copyOf(gaps);
    }

    private static @Nullable Instant since(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String reason(JsonNode gap) {
        String text = gap.path("reason").asText("").strip();
        return text.isEmpty() ? null : text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    }
}
