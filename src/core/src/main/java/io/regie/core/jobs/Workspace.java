package io.regie.core.jobs;

import io.regie.core.process.Trees;
import io.regie.core.process.Workers;
import io.regie.spi.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;

/**
 * An attempt's folder. {@code files} and {@code temp} belong to the worker; {@code taken} is closed to it and holds
 * hard links to what it handed over. A link is made before the file is looked at, so that a plugin that swaps a file
 * for a link or a pipe between the look and the use gains nothing.
 */
final class Workspace {
    private final Workers workers;
    private final Path root;
    private int taken;

    private Workspace(Workers workers, Path root) {
        this.workers = workers;
        this.root = root;
    }

    static Workspace create(Workers workers, UUID job, int attempt) throws IOException {
        Workspace workspace = of(workers, job, attempt);
        Trees.delete(workspace.root);
        Files.createDirectory(workspace.root);
        Files.setPosixFilePermissions(workspace.root, PosixFilePermissions.fromString("rwx--x--x"));
        workers.createPrivate(workspace.files());
        workers.createPrivate(workspace.temp());
        Files.createDirectory(workspace.taken());
        Files.setPosixFilePermissions(workspace.taken(), PosixFilePermissions.fromString("rwx------"));
        return workspace;
    }

    static Workspace of(Workers workers, UUID job, int attempt) {
        return new Workspace(workers, workers.workspaces().resolve(job + "-" + attempt));
    }

    /** What a plugin calls its workspace. */
    Path files() {
        return root.resolve("files");
    }

    Path temp() {
        return root.resolve("temp");
    }

    private Path taken() {
        return root.resolve("taken");
    }

    /** Goes on with the files of an earlier attempt, if they are still on this node. */
    void inherit(Workspace earlier) throws IOException {
        if (Files.isDirectory(earlier.files(), LinkOption.NOFOLLOW_LINKS)) {
            Trees.delete(files());
            Files.move(earlier.files(), files());
        }
        earlier.delete();
    }

    /**
     * Makes an output ours.
     *
     * @return the same bytes under a name that the worker cannot change
     * @throws BadOutputException when it is not a plain file that the plugin made in its workspace
     */
    Path take(Output output) throws IOException, BadOutputException {
        Path file = output.file().normalize();
        if (!file.isAbsolute() || !file.startsWith(files()) || file.equals(files())) {
            throw new BadOutputException(output.name());
        }
        refuseLinks(file, output);
        Path link = taken().resolve(taken++ + "-" + output.name());
        try {
            Files.createLink(link, file);
        } catch (IOException e) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            throw new BadOutputException(output.name());
        }
        if (!isOwn(link) || !isInside(file)) {
            Files.delete(link);
            throw new BadOutputException(output.name());
        }
        return link;
    }

    /** Closes everything to workers for good. What they still have open they can still write to: end them first. */
    void seal(Path link) throws IOException {
        workers.takeBack(link);
        Files.setPosixFilePermissions(link, PosixFilePermissions.fromString("r--r--r--"));
    }

    void delete() throws IOException {
        Trees.delete(root);
    }

    private void refuseLinks(Path file, Output output) throws BadOutputException {
        for (Path path = file; !path.equals(files()); path = path.getParent()) {
            if (Files.isSymbolicLink(path)) {
                throw new BadOutputException(output.name());
            }
        }
    }

    /** A regular file that belongs to whom we gave the workspace. */
    private boolean isOwn(Path link) throws IOException {
        Map<String, Object> facts = Files.readAttributes(link, "unix:uid,isRegularFile", LinkOption.NOFOLLOW_LINKS);
        Object owner = Files.getAttribute(files(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return Boolean.TRUE.equals(facts.get("isRegularFile")) && owner.equals(facts.get("uid"));
    }

    private boolean isInside(Path file) throws IOException {
        return file.toRealPath().startsWith(files().toRealPath());
    }

    /** An output is not a plain file of the plugin's own. */
    static final class BadOutputException extends Exception {
        private static final long serialVersionUID = 1L;

        BadOutputException(String name) {
            super(name);
        }
    }
}
