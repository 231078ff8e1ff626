package io.regie.core.live;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live stream as it goes out: enough to know which one it is, and nothing that opens it.
 *
 * @param address {@code rtsp://***@host:554/}: neither credentials nor path nor query
 * @param options those that are no secret
 * @param secrets names of what is set and not shown: {@code credentials}, {@code path}, {@code passphrase}, {@code streamid}
 * @param maxSeconds after which a recording stops by itself
 * @param keepDays for how many days its recordings are kept, zero for ever; null as the site says
 * @param schedules in the site's time
 * @param next when it is recorded next by them; null for not again
 * @param check the last one, running or not
 * @param recording the one that runs now
 * @param revision what {@code If-Match} names
 */
public record LiveStreamView(
        UUID id,
        UUID owner,
        String name,
        String address,
        Map<String, String> options,
        List<String> secrets,
        @Nullable Long maxSeconds,
        @Nullable Integer keepDays,
        List<ScheduleDraft> schedules,
        @Nullable Window next,
        @Nullable CheckView check,
        @Nullable RecordingView recording,
        Instant created,
        Instant changed,
        long revision) {

    public LiveStreamView {
        options = Map.copyOf(options);
        secrets = List.copyOf(secrets);
        schedules = List.copyOf(schedules);
    }

    /**
     * What a check found.
     *
     * @param state {@code running}, {@code succeeded}, {@code failed}, {@code cancelled}, {@code stopped}
     * @param facts such as {@code video}, {@code size}, {@code frameRate}, {@code audio}, {@code keyFrameSpacing},
     *     {@code verdict}
     * @param snapshot whether there is a picture
     */
    public record CheckView(UUID job, String state, Map<String, String> facts, boolean snapshot, Instant begun) {
        static CheckView of(LiveRun run) {
            return new CheckView(
                    run.job(), run.state().toLowerCase(Locale.ROOT), run.facts(), run.snapshot() != null, run.begun());
        }
    }

    /**
     * A recording.
     *
     * @param article what it becomes, and where it can be watched meanwhile
     * @param until when it stops by itself
     * @param figures such as {@code duration}, {@code bitrate}, {@code lost}, {@code reconnects}
     * @param gaps where something is missing, once it ended
     * @param reason what the plugin said of its end, in its own words; null when it said nothing
     */
    public record RecordingView(
            UUID job,
            @Nullable UUID article,
            String state,
            @Nullable Instant until,
            Map<String, Double> figures,
            Instant begun,
            @Nullable Instant ended,
            List<RecordingGap> gaps,
            @Nullable String reason) {
        static RecordingView of(LiveRun run) {
            return new RecordingView(
                    run.job(),
                    run.article(),
                    run.state().toLowerCase(Locale.ROOT),
                    run.until(),
                    run.figures(),
                    run.begun(),
                    run.ended(),
                    RecordingGap.parse(run.facts().getOrDefault("gapList", "")),
                    run.facts().getOrDefault("reason", "").isBlank()
                            ? null
                            : run.facts().get("reason"));
        }
    }
}
