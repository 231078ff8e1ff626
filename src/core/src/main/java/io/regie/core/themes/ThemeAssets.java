package io.regie.core.themes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A theme's style sheets, pictures and fonts, listed once; those that it does not have are its parent's. Requests are
 * looked up in the list, so no path that a client sends ever meets the file system. The address carries a hash of all
 * files, of the parents' too: it changes when one of them does.
 */
final class ThemeAssets {

    /** No scripts: a theme is files, not code, and its origin is the one the administrators are signed in to. */
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "jpg", "image/jpeg",
            "webp", "image/webp",
            "avif", "image/avif",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8");

    private static final int FILES = 500;
    private static final long BYTES = 32L * 1024 * 1024;

    /** One file. */
    record Asset(Path file, String type) {}

    private final Map<String, Asset> files;
    private final String base;
    private final String version;

    private ThemeAssets(String theme, Map<String, Asset> files, String version) {
        this.files = Map.copyOf(files);
        this.version = version;
        this.base = "/themes/" + theme + "/" + version;
    }

    static ThemeAssets index(String theme, Path folder, @Nullable ThemeAssets parent) {
        Map<String, Asset> files = new HashMap<>();
        MessageDigest hash = sha256();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            long bytes = 0;
            try (Stream<Path> tree = Files.walk(folder, 8)) {
                for (Path file : (Iterable<Path>) tree.sorted()::iterator) {
                    String name = folder.relativize(file).toString().replace('\\', '/');
                    String type = TYPES.get(extension(name));
                    if (type == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        continue;
                    }
                    bytes += Files.size(file);
                    if (files.size() >= FILES || bytes > BYTES) {
                        throw new ThemeFiles.InvalidThemeFileException(
                                "assets", "A theme may have " + FILES + " assets and " + BYTES / 1024 / 1024 + " MiB.");
                    }
                    files.put(name, new Asset(file.toAbsolutePath(), type));
                    hash.update(name.getBytes(StandardCharsets.UTF_8));
                    update(hash, file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (parent != null) {
            parent.files.forEach(files::putIfAbsent);
            hash.update(parent.version.getBytes(StandardCharsets.UTF_8));
        }
        return new ThemeAssets(theme, files, HexFormat.of().formatHex(hash.digest(), 0, 6));
    }

    /** Where they are served; ends without a slash. */
    String base() {
        return base;
    }

    String version() {
        return version;
    }

    Optional<Asset> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static void update(MessageDigest hash, Path file) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
