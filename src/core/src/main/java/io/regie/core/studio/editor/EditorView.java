package io.regie.core.studio.editor;

import io.regie.core.access.Visibility;
import io.regie.core.jobs.JobView;
import io.regie.core.media.AnnexView;
import io.regie.core.media.MediaView;
import io.regie.core.media.MediaView.AnimationView;
import io.regie.core.studio.CategoryChoice;
import io.regie.core.studio.Choice;
import io.regie.core.studio.editor.ActionForms.ActionForm;
import io.regie.core.studio.editor.ActionForms.Again;
import io.regie.core.studio.live.LiveViews.Recorded;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the editor's page shows.
 *
 * @param notice why a form was not saved, null when there is nothing to say
 * @param theirs what the server has where a form met another change, null otherwise
 */
record EditorView(
        MediaView media,
        Values values,
        @Nullable String notice,
        @Nullable Values theirs,
        List<Choice> languages,
        List<Choice> licences,
        List<CategoryChoice> categories,
        Offers offers,
        AnnexList annexes,
        Results results,
        Work work,
        boolean featured) {

    /**
     * What stands in the form's fields.
     *
     * @param publication {@code draft}, {@code scheduled} or {@code published}
     * @param publishedAt as a local date and time field has it, empty for a draft
     * @param tags separated by commas
     * @param credits a line each
     * @param categories ids
     * @param downloads {@code default}, {@code yes}, {@code signed_in} or {@code no}
     */
    record Values(
            String title,
            String slug,
            String visibility,
            String publication,
            String publishedAt,
            String language,
            String licence,
            String tags,
            String text,
            String credits,
            boolean kept,
            String downloads,
            Set<String> categories) {}

    /** What can be done with it. It stays as it is while somebody fills it in. */
    record Offers(MediaView media, List<ActionForm> actions) {

        /** Nobody knows yet what it is. */
        public boolean open() {
            return media.original().format() == null && media.state().equals("processing");
        }
    }

    /**
     * What an action would come to; each empty where nobody knows.
     *
     * @param refusal why it could not be started
     */
    record Estimated(String refusal, String size, String time) {}

    /** Files that go with it. @param largest how long one may be, for people */
    record AnnexList(MediaView media, List<AnnexLine> lines, String largest) {}

    /** @param address where its forms go */
    record AnnexLine(AnnexView file, String bytes, String address) {}

    /** What was made of it to be shown elsewhere. */
    record Results(MediaView media, List<Animation> animations) {

        /** Other sites get only what everybody may see. */
        public boolean seenByAll() {
            return media.guarded().visibility() == Visibility.PUBLIC;
        }
    }

    /**
     * @param format as people call it
     * @param embed what other sites put into their pages
     */
    record Animation(AnimationView file, String format, String bytes, boolean video, String embed) {}

    /** What changes while one looks at it: facts, how it was recorded, renditions, jobs. */
    record Work(
            MediaView media,
            @Nullable MediaView replacement,
            Facts facts,
            @Nullable Recorded recorded,
            List<Line> renditions,
            List<Ticket> jobs,
            List<Relative> madeFrom,
            List<Relative> made) {}

    /** Another article that this one was made from, or that was made from it. */
    record Relative(String title, String url) {}

    /**
     * A job.
     *
     * @param percent empty while nobody knows
     */
    record Ticket(JobView job, String percent) {

        public boolean may(String order) {
            return job.actions().contains(order) && !order.equals(job.wish());
        }

        public boolean leaving() {
            return "cancel".equals(job.wish());
        }
    }

    /** Of the original; null where nobody knows. */
    record Facts(
            String bytes,
            @Nullable String duration,
            @Nullable String picture,
            @Nullable String frameRate,
            @Nullable String bitrate,
            List<String> tracks) {}

    /** One rendition. */
    record Line(
            String id,
            String label,
            boolean video,
            String codecs,
            String bandwidth,
            @Nullable String bytes,
            boolean growing,
            List<Again> again) {}
}
