package io.regie.plugin.transcoding;

import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.spi.JobHandler;
import io.regie.spi.MediaFile;
import io.regie.testkit.Clips;
import io.regie.testkit.JobHandlerContract;
import java.nio.file.Path;

class CopyHandlerContractTest extends JobHandlerContract {

    @Override
    protected JobHandler handler() {
        return new CopyHandler();
    }

    @Override
    protected MediaFile input(Path folder) throws Exception {
        return probed(Clips.clip().write(folder.resolve("short")));
    }

    @Override
    protected MediaFile longInput(Path folder) throws Exception {
        return probed(Clips.clip().size(1280, 720).seconds(8).write(folder.resolve("long")));
    }

    private static MediaFile probed(Path file) throws Exception {
        return new MediaFile(file, Probe.probe(file, ProbeLimits.standard()));
    }
}
