package io.regie.plugin.transcoding;

import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.spi.JobHandler;
import io.regie.spi.MediaFile;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.JobHandlerContract;
import io.regie.testkit.VideoCodec;
import java.nio.file.Path;

class AudioHandlerContractTest extends JobHandlerContract {

    @Override
    protected JobHandler handler() {
        return new AudioHandler();
    }

    @Override
    protected MediaFile input(Path folder) throws Exception {
        return sound(folder.resolve("short"), 2);
    }

    @Override
    protected MediaFile longInput(Path folder) throws Exception {
        return sound(folder.resolve("long"), 300);
    }

    private static MediaFile sound(Path file, double seconds) throws Exception {
        Clips.clip()
                .video(VideoCodec.NONE)
                .container(Container.FLAC)
                .audio(AudioCodec.FLAC)
                .seconds(seconds)
                .write(file);
        return new MediaFile(file, Probe.probe(file, ProbeLimits.standard()));
    }
}
