package io.regie.core.jobs;

import java.time.LocalDate;

/**
 * What one day in the site's zone was like. A job that was retried counts as it stands now.
 *
 * @param added came to wait
 * @param waiting still waited when the day ended
 * @param done succeeded, or stopped with a result
 * @param failed for good
 * @param workSeconds what the done ones with a playing time took
 * @param mediaSeconds the playing time they worked off
 */
public record JobDay(
        LocalDate day, long added, long waiting, long done, long failed, double workSeconds, double mediaSeconds) {}
