package io.regie.testkit;

import io.regie.spi.JobHandler;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class CopyHandlerTest extends JobHandlerContract {

    @Override
    protected JobHandler handler() {
        return new CopyPlugin.CopyHandler();
    }

    @Override
    protected MediaFile input(Path folder) throws IOException {
        return file(Clips.clip().seconds(0.2).writeIn(folder, "short"));
    }

    @Override
    protected MediaFile longInput(Path folder) throws IOException {
        return file(Clips.clip().seconds(10).writeIn(folder, "long"));
    }

    private static MediaFile file(Path path) throws IOException {
        MediaInfo info = new MediaInfo(
                MediaKind.VIDEO, "mp4", "video/mp4", Files.size(path), Duration.ofSeconds(2), 0, List.of(), Map.of());
        return new MediaFile(path, info);
    }
}
