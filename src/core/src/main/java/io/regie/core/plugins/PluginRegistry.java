package io.regie.core.plugins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.regie.core.database.Sql;
import io.regie.core.process.ProtocolBrokenException;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.WorkerFailedException;
import io.regie.core.process.Workers;
import io.regie.core.settings.Installation;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Trigger;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The installed plugins, known by what they said of themselves in a worker.
 *
 * <p>Installing: the jar is copied beside its name, which is its hash; described in a sandboxed worker; checked; then
 * one transaction makes it the one plugin of its id. What fails is remembered with its sentence, so that it is not
 * tried again at every start, and the running version stays.
 */
@Singleton
class PluginRegistry implements JobTypes {
    private static final System.Logger LOG = System.getLogger(PluginRegistry.class.getName());

    /** No worker is called this. */
    private static final String NOBODY = "";

    /** Longer than any title or label has to be. */
    private static final int MAX_TEXT = 300;

    private final Sql sql;
    private final Workers workers;
    private final PluginsConfig config;
    private final InstantSource clock;
    private final Path bundled;
    private final Path installed;
    /** Replaced whole; by job type. */
    private volatile Map<String, Provided> types = Map.of();

    private record Provided(JobType type, Path jar, Map<String, Map<String, String>> messages) {}

    private record Former(String hash, boolean enabled) {}

    private record Installed(String hash, Descriptor descriptor) {}

    PluginRegistry(Sql sql, Workers workers, PluginsConfig config, InstantSource clock, Installation installation) {
        this.sql = sql;
        this.workers = workers;
        this.config = config;
        this.clock = clock;
        this.bundled = installation.bundled().resolve("plugins");
        this.installed = installation.data().toAbsolutePath().resolve("plugins");
    }

    void start(@Observes @Priority(1000) StartupEvent event) {
        try {
            Files.createDirectories(installed);
            Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwx--x--x"));
            Set<String> seen = new HashSet<>();
            for (Path jar : bundledJars()) {
                installBundled(jar, seen);
            }
            deleteStrangers();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "Plugins cannot be installed: {0}", e.toString());
        }
        refresh();
    }

    @Override
    public Optional<JobType> find(String id) {
        return Optional.ofNullable(types.get(id)).map(Provided::type);
    }

    @Override
    public List<JobType> startedBy(Trigger trigger, MediaKind kind) {
        return types.values().stream()
                .map(Provided::type)
                .filter(type -> type.trigger() == trigger && type.accepts().contains(kind))
                .sorted(Comparator.comparing(JobType::id))
                .toList();
    }

    @Override
    public List<JobType> startedBy(Trigger trigger) {
        return types.values().stream()
                .map(Provided::type)
                .filter(type -> type.trigger() == trigger)
                .sorted(Comparator.comparing(JobType::id))
                .toList();
    }

    @Override
    public Path jarOf(String typeId) {
        Provided provided = types.get(typeId);
        if (provided == null) {
            throw new IllegalArgumentException("No installed plugin has the job type " + typeId);
        }
        return provided.jar();
    }

    @Override
    public String text(String typeId, String key, Locale locale) {
        Provided provided = types.get(typeId);
        if (provided == null) {
            return key;
        }
        String english = provided.messages().getOrDefault("en", Map.of()).getOrDefault(key, key);
        String text =
                provided.messages().getOrDefault(locale.getLanguage(), Map.of()).getOrDefault(key, english);
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    /**
     * Installs or replaces a plugin.
     *
     * @throws PluginRefusedException with a sentence for the administrator; nothing changed then
     */
    void install(Path jar) throws PluginRefusedException {
        String hash;
        try {
            hash = adopt(jar);
        } catch (IOException e) {
            throw new PluginRefusedException("The plugin cannot be copied: " + e.getMessage());
        }
        try {
            accept(hash, jar.getFileName().toString(), Set.of());
        } catch (PluginRefusedException e) {
            if (!isKnown(hash)) {
                discard(hash);
            }
            throw e;
        }
        refresh();
    }

    private List<Path> bundledJars() throws IOException {
        if (!Files.isDirectory(bundled)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(bundled)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** One bad plugin is one line and one row. */
    private void installBundled(Path jar, Set<String> others) {
        String name = jar.getFileName().toString();
        String hash = null;
        try {
            hash = hash(jar);
            if (!isDescribed(hash)) {
                adopt(jar);
                accept(hash, name, others);
            }
            others.add(hash);
        } catch (PluginRefusedException e) {
            LOG.log(System.Logger.Level.WARNING, "The plugin {0} is not installed. {1}", name, e.getMessage());
            if (hash != null) {
                remember(hash, name, e);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The plugin {0} is not installed: {1}", name, e.toString());
        }
    }

    /** Copies the jar under its hash, so that what is described is what will run. */
    private String adopt(Path jar) throws PluginRefusedException, IOException {
        if (!Files.isRegularFile(jar) || Files.size(jar) > config.maxBytes()) {
            throw new PluginRefusedException("A plugin is a jar of at most " + (config.maxBytes() >> 20) + " MiB.");
        }
        Path half = Files.createTempFile(installed, "new", ".part");
        try {
            MessageDigest digest = sha256();
            try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest);
                    OutputStream out = Files.newOutputStream(half)) {
                in.transferTo(out);
            }
            force(half);
            String hash = HexFormat.of().formatHex(digest.digest());
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("r--r--r--"));
            Files.move(half, file(hash), StandardCopyOption.ATOMIC_MOVE);
            force(installed);
            return hash;
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** @param others that must not be replaced by it */
    private void accept(String hash, String fileName, Set<String> others) throws PluginRefusedException {
        Descriptor descriptor = describe(hash);
        DescriptorCheck.check(descriptor, config.maxMemoryMib());
        String refused = QuarkusTransaction.requiringNew().call(() -> store(hash, fileName, descriptor, others));
        if (refused != null) {
            throw new PluginRefusedException(refused);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "Installed the plugin {0} {1}",
                descriptor.info().id(),
                descriptor.info().version());
    }

    /** Lets a worker load an installed jar and say what is in it. */
    Descriptor describe(String hash) throws PluginRefusedException {
        try {
            JsonNode answer = workers.ask(
                    ProtocolJson.object()
                            .put("command", "describe")
                            .put("plugin", file(hash).toString()),
                    config.describeTime());
            if (!answer.path("event").asText().equals("described")) {
                String sentence = answer.path("message").asText("The plugin does not say what it can do");
                throw new PluginRefusedException(sentence.endsWith(".") ? sentence : sentence + ".");
            }
            return ProtocolJson.read(answer.path("descriptor"), Descriptor.class);
        } catch (ProtocolBrokenException e) {
            throw new PluginRefusedException(
                    "What the plugin says of itself is not understood: " + e.getMessage() + ".");
        } catch (WorkerFailedException e) {
            throw PluginRefusedException.forNow("The plugin could not be tried: " + e.getMessage() + ".");
        }
    }

    /** @return why not, or null */
    private @Nullable String store(String hash, String fileName, Descriptor descriptor, Set<String> others) {
        String id = descriptor.info().id();
        Optional<Former> former = sql.find(
                "SELECT hash, enabled FROM plugin WHERE id = ? FOR UPDATE",
                row -> new Former(row.getString(1), row.getBoolean(2)),
                id);
        if (former.isPresent() && others.contains(former.get().hash())) {
            return "Another plugin has the id " + id + " already.";
        }
        boolean enabled = former.map(Former::enabled).orElse(true);
        sql.update("DELETE FROM plugin WHERE id = ? OR hash = ?", id, hash);
        int count = sql.find("SELECT count(*) FROM plugin WHERE id IS NOT NULL", row -> row.getInt(1))
                .orElse(0);
        if (count >= config.maxCount()) {
            QuarkusTransaction.setRollbackOnly();
            return "There are " + count + " plugins already; that is all this server takes.";
        }
        sql.update(
                """
                INSERT INTO plugin (hash, id, version, file_name, enabled, descriptor, described_by, installed)
                VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                """,
                hash,
                id,
                descriptor.info().version(),
                fileName,
                enabled,
                ProtocolJson.write(descriptor),
                workers.version(),
                clock.instant());
        return null;
    }

    /** Who was not heard is tried once more, at the next start. */
    private void remember(String hash, String fileName, PluginRefusedException refused) {
        sql.update(
                """
                INSERT INTO plugin (hash, file_name, failure, described_by, installed) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (hash) DO UPDATE SET failure = excluded.failure, described_by = excluded.described_by,
                        id = NULL, version = NULL, descriptor = NULL
                """,
                hash,
                fileName,
                refused.getMessage(),
                refused.lasting() || isRefused(hash) ? workers.version() : NOBODY,
                clock.instant());
    }

    /** Described or refused by this very worker; a new build of it may see things differently. */
    private boolean isDescribed(String hash) {
        return sql.find(
                        "SELECT failure IS NULL FROM plugin WHERE hash = ? AND described_by = ?",
                        row -> !row.getBoolean(1) || Files.exists(file(hash)),
                        hash,
                        workers.version())
                .orElse(false);
    }

    private boolean isRefused(String hash) {
        return sql.find("SELECT 1 FROM plugin WHERE hash = ? AND failure IS NOT NULL", row -> 1, hash)
                .isPresent();
    }

    private boolean isKnown(String hash) {
        return sql.find("SELECT 1 FROM plugin WHERE hash = ? AND failure IS NULL", row -> 1, hash)
                .isPresent();
    }

    private void refresh() {
        Map<String, Provided> fresh = new LinkedHashMap<>();
        for (Installed plugin : enabled()) {
            for (JobType type : plugin.descriptor().jobTypes()) {
                fresh.put(
                        type.id(),
                        new Provided(
                                type, file(plugin.hash()), plugin.descriptor().messages()));
            }
        }
        types = Map.copyOf(fresh);
    }

    private List<Installed> enabled() {
        return sql
                .list(
                        "SELECT hash, descriptor FROM plugin WHERE enabled AND failure IS NULL ORDER BY id",
                        row -> new Installed(row.getString("hash"), parse(row.getString("descriptor"))))
                .stream()
                .filter(plugin -> Files.exists(file(plugin.hash())))
                .toList();
    }

    /** Jars without a row: of replaced versions, or of an installation that was cut off. Nothing runs them at start. */
    private void deleteStrangers() throws IOException {
        List<String> known = sql.list("SELECT hash FROM plugin WHERE failure IS NULL", row -> row.getString(1));
        try (Stream<Path> files = Files.list(installed)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (known.stream().noneMatch(hash -> name.equals(hash + ".jar"))) {
                    Files.delete(file);
                }
            }
        }
    }

    private void discard(String hash) {
        try {
            Files.deleteIfExists(file(hash));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "A refused plugin stays until the next start: {0}", e.toString());
        }
    }

    private Path file(String hash) {
        return installed.resolve(hash + ".jar");
    }

    private static Descriptor parse(String json) {
        try {
            return ProtocolJson.mapper().readValue(json, Descriptor.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A plugin's row is unreadable", e);
        }
    }

    private static String hash(Path jar) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
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
