package io.regie.core.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs small helper programs to their end. */
public final class Programs {

    private Programs() {}

    /** @param output standard output and error, in order */
    public record Ended(int code, String output) {
        public boolean ok() {
            return code == 0;
        }
    }

    /**
     * Runs a program with a clean environment and waits for it.
     *
     * @param patience after which it is killed and the call fails
     * @throws IOException when it cannot be started or does not end in time
     */
    public static Ended run(List<String> command, Path directory, Map<String, String> environment, Duration patience)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + patience.toSeconds() + " s");
            }
            return new Ended(process.exitValue(), output.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    public static Ended run(List<String> command) throws IOException {
        return run(command, Path.of("/"), Map.of(), Duration.ofSeconds(30));
    }
}
