package io.regie.core.studio.jobs;

import io.regie.core.jobs.JobView;
import io.regie.core.studio.PlayingTime;
import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job with its numbers as people read them.
 *
 * @param about address of the page of what it is about
 */
record JobItem(JobView job, String about, Locale locale) {

    /** Whether to offer it: what is gone cannot be worked on again, and nobody cancels twice. */
    public boolean may(String action) {
        boolean pointless = action.equals("retry") ? job.mediaGone() : wished(action);
        return job.actions().contains(action) && !pointless;
    }

    public boolean wished(String wish) {
        return wish.equals(job.wish());
    }

    public boolean logged() {
        return job.log() != null && !job.log().isEmpty();
    }

    public @Nullable String percent() {
        Double progress = job.progress();
        return progress == null ? null : NumberFormat.getPercentInstance(locale).format(progress);
    }

    public @Nullable String speed() {
        Double speed = job.speed();
        return speed == null ? null : times(speed);
    }

    public @Nullable String left() {
        Long seconds = job.etaSeconds();
        return seconds == null ? null : PlayingTime.of(seconds);
    }

    /** How long its last attempt took. */
    public @Nullable String took() {
        Double seconds = job.workSeconds();
        return seconds == null ? null : PlayingTime.of(seconds);
    }

    public @Nullable String playingTime() {
        Double seconds = job.mediaSeconds();
        return seconds == null ? null : PlayingTime.of(seconds);
    }

    /** Playing time worked off in the time it took. */
    public @Nullable String pace() {
        Double work = job.workSeconds();
        Double media = job.mediaSeconds();
        return work == null || media == null || work < 1 ? null : times(media / work);
    }

    private String times(double factor) {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(factor < 10 ? 1 : 0);
        return format.format(factor) + "×";
    }
}
