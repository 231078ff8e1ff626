package io.regie.core.themes;

import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The templates of one theme and, behind them, of its parents. Ids are mapped to files that really lie inside. */
final class TemplateFolder implements TemplateLocator {

    private static final Pattern ID = Pattern.compile("[a-z0-9_-]+(/[a-z0-9_-]+)*");
    private static final String SUFFIX = ".html";

    private final List<Path> folders;

    /** @param folders the theme's own first, then its parent's, and so on */
    TemplateFolder(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    static boolean isId(String id) {
        return id.length() <= 100 && ID.matcher(id).matches();
    }

    @Override
    public Optional<TemplateLocation> locate(String id) {
        return find(id).map(file -> new TextLocation(read(file)));
    }

    Optional<Path> find(String id) {
        if (!isId(id)) {
            return Optional.empty();
        }
        for (Path folder : folders) {
            Optional<Path> file = ConfinedFiles.find(folder, id + SUFFIX);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    /** The ids of the theme's own templates, for the check at installation. */
    List<String> ownIds() throws IOException {
        Path root = folders.get(0);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(root, 8)) {
            for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile).sorted()::iterator) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(SUFFIX)) {
                    ids.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
        return ids;
    }

    static String read(Path file) {
        try {
            if (Files.size(file) > ThemeLimits.FILE_BYTES) {
                throw new BudgetExceededException(
                        file.getFileName() + " is larger than " + ThemeLimits.FILE_BYTES / 1024 + " KiB.");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record TextLocation(String text) implements TemplateLocation {

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
        }
    }
}
