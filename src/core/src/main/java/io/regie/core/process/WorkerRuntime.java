package io.regie.core.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The worker's class path, copied to where the workers' account can read it. The copy is made beside its name and
 * renamed; copies of other builds go.
 */
final class WorkerRuntime {
    private static final String PREFIX = "worker-";

    private final Path directory;
    private final String classPath;

    private WorkerRuntime(Path directory) throws IOException {
        this.directory = directory;
        try (Stream<Path> files = Files.list(directory)) {
            this.classPath = files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(":"));
        }
    }

    /**
     * @param bundledOrLink the tree that came with this build
     * @param runtime where unpacked programs live
     */
    static WorkerRuntime install(Path bundledOrLink, Path runtime) throws IOException {
        Path bundled = bundledOrLink.toRealPath();
        Path target = runtime.resolve(PREFIX + fingerprint(bundled));
        if (!Files.isDirectory(target)) {
            Files.createDirectories(runtime);
            Path half = runtime.resolve("worker.new");
            Trees.delete(half);
            copy(bundled, half);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        }
        try (Stream<Path> others = Files.list(runtime)) {
            for (Path other : others.filter(
                            path -> path.getFileName().toString().startsWith(PREFIX) && !path.equals(target))
                    .toList()) {
                Trees.delete(other);
            }
        }
        return new WorkerRuntime(target);
    }

    /** Changes with every build of the worker. */
    String version() {
        return directory.getFileName().toString();
    }

    /** In full and in order: an archive of classes is only good for exactly this. */
    String classPath() {
        return classPath;
    }

    /** Where this JVM's archive of the worker's classes is, once it has been made; it halves the time to start. */
    Path archive() {
        return directory.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa");
    }

    /** Native libraries load from where they lie; nothing is unpacked. */
    Path libraries() {
        return directory.resolve("native");
    }

    Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Of names, sizes and times: reading 85 MB at each start would cost more than it could find out. */
    private static String fingerprint(Path tree) throws IOException {
        MessageDigest digest = sha256();
        try (Stream<Path> files = Files.walk(tree)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            if (sorted.isEmpty()) {
                throw new IOException("no worker in " + tree);
            }
            for (Path file : sorted) {
                String line = tree.relativize(file) + " " + Files.size(file) + " "
                        + Files.getLastModifiedTime(file).toMillis() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path copy = to.resolve(from.relativize(directory).toString());
                Files.createDirectories(copy);
                permit(copy, "rwxr-xr-x");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.copy(file, copy);
                permit(copy, "r-xr-xr-x");
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void permit(Path path, String permissions) {
        try {
            if (!Files.isSymbolicLink(path) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
