package io.regie.plugin.gif;

import io.regie.spi.JobHandler;
import io.regie.spi.MediaFile;
import io.regie.testkit.Clips;
import io.regie.testkit.JobHandlerContract;
import java.nio.file.Path;
import java.util.Map;

class AnimationHandlerContractTest extends JobHandlerContract {

    @Override
    protected JobHandler handler() {
        return new AnimationHandler();
    }

    @Override
    protected MediaFile input(Path folder) throws Exception {
        return Originals.probed(Clips.standard(folder));
    }

    /** All of it is drawn at its full size. */
    @Override
    protected MediaFile longInput(Path folder) throws Exception {
        return Originals.probed(Clips.clip().size(1280, 720).seconds(10).fps(10).writeIn(folder, "long"));
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("range", Map.of("start", 0.5, "end", 1.5), "width", 1280L, "quality", "best");
    }
}
