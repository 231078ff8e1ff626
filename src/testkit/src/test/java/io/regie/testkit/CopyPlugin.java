package io.regie.testkit;

import io.regie.spi.FailureKind;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Plugin;
import io.regie.spi.PluginContext;
import io.regie.spi.PluginInfo;
import io.regie.spi.Progress;
import io.regie.spi.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The least a plugin can do, so that the contracts themselves are tested: it copies files slowly. */
public final class CopyPlugin implements Plugin {

    @Override
    public PluginInfo info() {
        return PluginInfo.of("copy", "Copy", "1");
    }

    @Override
    public List<JobHandler> jobHandlers(PluginContext context) {
        return List.of(new CopyHandler());
    }

    static final class CopyHandler implements JobHandler {

        @Override
        public JobType type() {
            return JobType.onDemand("copy.copy", "copy", Set.of(MediaKind.VIDEO), List.of(), Resources.light());
        }

        @Override
        public JobResult run(JobRequest request, JobContext context)
                throws JobFailedException, IOException, InterruptedException {
            Path in = request.input().path();
            Path out = context.workspace().resolve("copy.mp4");
            try (InputStream from = Files.newInputStream(in);
                    OutputStream to = Files.newOutputStream(out)) {
                byte[] piece = from.readNBytes(1024);
                if (!new String(piece, StandardCharsets.ISO_8859_1).contains("ftyp")) {
                    throw new JobFailedException(FailureKind.BAD_INPUT, "The file is no MP4.");
                }
                long copied = 0;
                while (piece.length > 0 && !context.stopRequested()) {
                    to.write(piece);
                    copied += piece.length;
                    context.progress(Progress.of((double) copied / Files.size(in)));
                    Thread.sleep(1);
                    piece = from.readNBytes(1024);
                }
            }
            return JobResult.of(List.of(Output.attachment("copy", out, OutputRole.DOWNLOAD, "video/mp4", 320, 180)));
        }
    }
}
