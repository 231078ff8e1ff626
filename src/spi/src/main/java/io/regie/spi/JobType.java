package io.regie.spi;

import java.util.List;
import java.util.Set;

/**
 * What a handler does and when it is wanted.
 *
 * @param id plugin id, a dot, and a name: {@code gif.animation}
 * @param title message key of the title in the plugin's bundle
 * @param accepts the kinds of original it takes as inputs; empty for live streams and
 *     {@link Trigger#SCHEDULE}
 * @param trigger what starts it
 * @param essential whether an article is {@code processing} until this job ended; only for {@link Trigger#UPLOADED}
 * @param resumable whether the workspace of a lost attempt is handed to the next one, see {@link JobRequest#previous()}
 * @param parameters what may be set for a run, in the order to ask for it
 * @param resources how heavy a run is
 */
public record JobType(
        String id,
        String title,
        Set<MediaKind> accepts,
        Trigger trigger,
        boolean essential,
        boolean resumable,
        List<Parameter> parameters,
        Resources resources) {

    public JobType {
        if (!id.matches("[a-z][a-z0-9-]{0,63}\\.[a-z][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("Job type id must be <plugin>.<name>: " + id);
        }
        accepts = Set.copyOf(accepts);
        parameters = List.copyOf(parameters);
    }

    /** A job that runs by itself for each upload of the given kinds and decides when the article is ready. */
    public static JobType essentialOnUpload(String id, String title, Set<MediaKind> accepts, Resources resources) {
        return new JobType(id, title, accepts, Trigger.UPLOADED, true, false, List.of(), resources);
    }

    /** A job that people start on an article's page. */
    public static JobType onDemand(
            String id, String title, Set<MediaKind> accepts, List<Parameter> parameters, Resources resources) {
        return new JobType(id, title, accepts, Trigger.ON_DEMAND, false, false, parameters, resources);
    }

    /** A job that records a live stream, see {@link JobRequest#source()}. */
    public static JobType onLiveStream(
            String id, String title, boolean resumable, List<Parameter> parameters, Resources resources) {
        return new JobType(id, title, Set.of(), Trigger.LIVE_STREAM, false, resumable, parameters, resources);
    }

    /** A job that looks at a live stream for some seconds and says how well it can be recorded. */
    public static JobType onLiveStreamCheck(String id, String title, Resources resources) {
        return new JobType(id, title, Set.of(), Trigger.LIVE_CHECK, false, false, List.of(), resources);
    }
}
