package io.regie.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.jobs.Workspace.BadOutputException;
import io.regie.core.process.Privileges;
import io.regie.core.process.Programs;
import io.regie.core.process.Workers;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WorkspaceTest {

    @Inject
    Workers workers;

    private Workspace workspace;

    @BeforeEach
    void create() throws IOException {
        workspace = Workspace.create(workers, UUID.randomUUID(), 1);
    }

    @AfterEach
    void delete() throws IOException {
        workspace.delete();
        assertThat(workspace.files()).doesNotExist();
    }

    @Test
    void takesAFileUnderANameThatTheWorkerCannotChange() throws Exception {
        Path file = own(workspace.files().resolve("sub/poster.jpg"));
        Path taken = workspace.take(output(file));
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/etc/hostname"));
        assertThat(taken)
                .isRegularFile()
                .hasContent("mine")
                .hasParent(workspace.files().resolveSibling("taken"));
        assertThat(taken.getParent()).matches(path -> !path.startsWith(workspace.files()));
    }

    @Test
    void refusesLinksAndWhatIsNoFile() throws Exception {
        Path link = Files.createSymbolicLink(workspace.files().resolve("link"), Path.of("/etc/hostname"));
        refused(link);
        Path folder = Files.createSymbolicLink(workspace.files().resolve("folder"), Path.of("/etc"));
        refused(folder.resolve("hostname"));
        refused(Files.createDirectory(workspace.files().resolve("directory")));
        Path pipe = workspace.files().resolve("pipe");
        Programs.run(List.of("mkfifo", pipe.toString()));
        refused(pipe);
        refused(workspace.files().resolve("missing"));
    }

    @Test
    void refusesWhatIsOutside() throws Exception {
        refused(Path.of("/etc/hostname"));
        refused(workspace.files().resolve("../temp/x"));
        refused(workspace.files());
        refused(Path.of("relative"));
        if (workers.sandbox().active("account")) {
            // A hard link to somebody else's file.
            Path foreign = Files.writeString(workspace.files().resolveSibling("foreign"), "not yours");
            refused(Files.createLink(workspace.files().resolve("hard"), foreign));
        }
    }

    private Path own(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");
        if (workers.sandbox().active("account")) {
            Privileges.give(file, Privileges.WORKER_ID);
        }
        return file;
    }

    private void refused(Path file) {
        assertThatThrownBy(() -> workspace.take(output(file))).isInstanceOf(BadOutputException.class);
    }

    private static Output output(Path file) {
        return Output.attachment("poster", file, OutputRole.POSTER, "image/jpeg", 1, 1);
    }
}
