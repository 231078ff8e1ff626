package io.regie.plugin.gif;

import io.regie.spi.JobHandler;
import io.regie.spi.MediaFile;
import io.regie.testkit.Clips;
import io.regie.testkit.JobHandlerContract;
import java.nio.file.Path;

class PreviewHandlerContractTest extends JobHandlerContract {

    @Override
    protected JobHandler handler() {
        return new PreviewHandler();
    }

    @Override
    protected MediaFile input(Path folder) throws Exception {
        return Originals.probed(Clips.standard(folder));
    }

    @Override
    protected MediaFile longInput(Path folder) throws Exception {
        return Originals.probed(Clips.clip().size(1280, 720).seconds(6).writeIn(folder, "long"));
    }
}
