package io.regie.core.jobs;

import io.regie.core.process.Workers;
import io.regie.core.settings.Installation;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: a sandboxed worker was seen working, and there is room to write. The database has a check of its own. */
@Readiness
@Singleton
class ReadyToWork implements HealthCheck {
    /** Below this, neither the database nor an upload gets far. */
    private static final long FLOOR = 64L << 20;

    private final Workers workers;
    private final Path data;

    ReadyToWork(Workers workers, Installation installation) {
        this.workers = workers;
        this.data = installation.data().toAbsolutePath();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("work")
                .status(workers.unusable() == null && isWritable())
                .build();
    }

    private boolean isWritable() {
        try {
            Path storage = data.resolve("storage");
            Path written = Files.isDirectory(storage) ? storage : data;
            return Files.isWritable(written) && Files.getFileStore(written).getUsableSpace() > FLOOR;
        } catch (IOException e) {
            return false;
        }
    }
}
