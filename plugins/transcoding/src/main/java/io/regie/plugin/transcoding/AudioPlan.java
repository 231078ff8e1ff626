package io.regie.plugin.transcoding;

import io.regie.spi.MediaInfo;
import io.regie.spi.Track;

/**
 * What becomes of the sound.
 *
 * @param present whether there is any
 * @param copied AAC-LC stays as it is, surround included
 * @param stereoJoins what is copied is more than some players or lines can take, so a stereo rendition joins it
 */
record AudioPlan(boolean present, boolean copied, boolean stereoJoins) {

    static final int STEREO_BITRATE = 128_000;
    private static final int MAX_COPIED_ALONE = 192_000;

    static AudioPlan of(MediaInfo info) {
        if (info.audio().isEmpty()) {
            return new AudioPlan(false, false, false);
        }
        Track audio = info.audio().get();
        boolean copied = audio.codec().equals("aac") && "LC".equals(audio.profile()) && audio.channels() > 0;
        boolean large = audio.channels() > 2 || audio.bitrate() > MAX_COPIED_ALONE;
        return new AudioPlan(true, copied, copied && large);
    }
}
