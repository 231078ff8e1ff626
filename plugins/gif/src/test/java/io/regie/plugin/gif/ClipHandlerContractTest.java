package io.regie.plugin.gif;

import io.regie.spi.JobHandler;
import io.regie.spi.MediaFile;
import io.regie.testkit.Clips;
import io.regie.testkit.JobHandlerContract;
import java.nio.file.Path;
import java.util.Map;

class ClipHandlerContractTest extends JobHandlerContract {

    @Override
    protected JobHandler handler() {
        return new ClipHandler();
    }

    @Override
    protected MediaFile input(Path folder) throws Exception {
        return Originals.probed(Clips.standard(folder));
    }

    @Override
    protected MediaFile longInput(Path folder) throws Exception {
        return Originals.probed(Clips.clip().size(640, 360).seconds(8).writeIn(folder, "long"));
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("range", Map.of("start", 0.5, "end", 1.9), "mode", "exact");
    }
}
