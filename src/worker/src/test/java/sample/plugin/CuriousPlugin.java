package sample.plugin;

import io.regie.spi.Plugin;
import io.regie.spi.PluginInfo;

/** Says in its name which of the classes it looked for it can see. */
public final class CuriousPlugin implements Plugin {

    private static final String[] WANTED = {
        "io.regie.ffmpeg.FFmpeg",
        "org.bytedeco.javacpp.Pointer",
        "org.jspecify.annotations.Nullable",
        "java.sql.Connection",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "io.regie.worker.Worker",
        "org.junit.jupiter.api.Test",
    };

    @Override
    public PluginInfo info() {
        StringBuilder seen = new StringBuilder();
        for (String name : WANTED) {
            try {
                // Not initialized: seeing FFmpeg must not load native libraries.
                Class<?> found = Class.forName(name, false, CuriousPlugin.class.getClassLoader());
                seen.append(found.getSimpleName()).append(' ');
            } catch (ClassNotFoundException e) {
                // One that it must not see.
            }
        }
        return PluginInfo.of("curious", seen.toString().trim(), "1.0");
    }
}
