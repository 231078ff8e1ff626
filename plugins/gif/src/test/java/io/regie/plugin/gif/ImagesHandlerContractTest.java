package io.regie.plugin.gif;

import io.regie.spi.JobHandler;
import io.regie.spi.MediaFile;
import io.regie.testkit.Images;
import io.regie.testkit.JobHandlerContract;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

class ImagesHandlerContractTest extends JobHandlerContract {

    @Override
    protected JobHandler handler() {
        return new ImagesHandler();
    }

    @Override
    protected MediaFile input(Path folder) throws Exception {
        return Originals.probed(Images.jpeg(folder.resolve("image.jpg"), 320, 240));
    }

    @Override
    protected MediaFile longInput(Path folder) throws Exception {
        return Originals.probed(Images.jpeg(folder.resolve("large.jpg"), 2400, 1800));
    }

    /** The same image many times, so that there is time to stop. */
    @Override
    protected Map<String, Object> parameters() {
        return Map.of("images", Collections.nCopies(20, Map.of("input", 0L, "seconds", 0.1)), "width", 640L);
    }
}
