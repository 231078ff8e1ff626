package io.regie.worker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * A plugin's jar and the jars below its {@code lib/}, checked before anything in them is used. Checks and class loading
 * read through the same {@link JarFile}s: two readers that disagree about an archive are how checks are passed by.
 */
final class PluginJar implements Closeable {

    private static final long MAX_JAR_BYTES = 256L << 20;
    private static final long MAX_UNPACKED_BYTES = 512L << 20;
    private static final int MAX_ENTRIES = 30_000;

    private static final Pattern LIBRARY = Pattern.compile("lib/[^/]+\\.jar");
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/[0-9]+/(.*)");

    private final Path temp;
    private final List<JarFile> jars = new ArrayList<>();
    private final List<Path> extracted = new ArrayList<>();
    private int entries;
    private long unpackedBytes;

    private PluginJar(Path temp) {
        this.temp = temp;
    }

    /** @param temp where the libraries are unpacked to, under generated names */
    static PluginJar open(Path file, Path temp) throws PluginRefusedException {
        PluginJar plugin = new PluginJar(temp);
        try {
            if (!Files.isRegularFile(file)) {
                throw new PluginRefusedException("There is no plugin file.");
            }
            if (Files.size(file) > MAX_JAR_BYTES) {
                throw new PluginRefusedException("The plugin is larger than " + (MAX_JAR_BYTES >> 20) + " MiB.");
            }
            plugin.add(file);
            plugin.addLibraries();
            return plugin;
        } catch (IOException e) {
            plugin.close();
            throw new PluginRefusedException("The plugin is not a readable jar: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            // The directory of an archive is read whole before anybody can count its entries.
            plugin.close();
            throw new PluginRefusedException("The plugin has too many files.");
        } catch (PluginRefusedException e) {
            plugin.close();
            throw e;
        }
    }

    /** The plugin's own jar first. */
    List<JarFile> jars() {
        return Collections.unmodifiableList(jars);
    }

    /** A file of the plugin's own jar. */
    Optional<byte[]> find(String name, int maxBytes) throws PluginRefusedException {
        JarEntry entry = jars.get(0).getJarEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = jars.get(0).getInputStream(entry)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new PluginRefusedException(name + " is larger than " + (maxBytes >> 10) + " KiB.");
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new PluginRefusedException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            for (JarFile jar : jars) {
                jar.close();
            }
            for (Path library : extracted) {
                Files.deleteIfExists(library);
            }
        } catch (IOException e) {
            // The process ends now and its temporary folder goes with it.
            e.printStackTrace();
        }
    }

    private void add(Path file) throws IOException, PluginRefusedException {
        JarFile jar = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion());
        jars.add(jar);
        Set<String> names = new HashSet<>();
        for (JarEntry entry : Collections.list(jar.entries())) {
            check(entry, names);
        }
    }

    private void check(JarEntry entry, Set<String> names) throws PluginRefusedException {
        String name = entry.getName();
        if (++entries > MAX_ENTRIES) {
            throw new PluginRefusedException("The plugin has more than " + MAX_ENTRIES + " files.");
        }
        unpackedBytes += Math.max(0, entry.getSize());
        if (unpackedBytes > MAX_UNPACKED_BYTES) {
            throw new PluginRefusedException("The plugin unpacks to more than " + (MAX_UNPACKED_BYTES >> 20) + " MiB.");
        }
        if (!isInside(name)) {
            throw new PluginRefusedException("The plugin has a file outside its folder: " + printable(name));
        }
        if (!names.add(name.endsWith("/") ? name.substring(0, name.length() - 1) : name)) {
            throw new PluginRefusedException("The plugin has two files of one name: " + printable(name));
        }
        if (!entry.isDirectory()) {
            Matcher versioned = VERSIONED.matcher(name);
            String className = (versioned.matches() ? versioned.group(1) : name).replace('/', '.');
            if (HostFilter.shares(className) || className.startsWith("io.regie.worker.")) {
                throw new PluginRefusedException(
                        "The plugin must not contain classes of Regie itself, JavaCPP, FFmpeg or JSpecify: "
                                + printable(name));
            }
        }
    }

    private static boolean isInside(String name) {
        if (name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || name.matches("[A-Za-z]:.*")) {
            return false;
        }
        for (String part : name.split("/")) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private void addLibraries() throws IOException, PluginRefusedException {
        JarFile jar = jars.get(0);
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (LIBRARY.matcher(entry.getName()).matches()) {
                Path library = Files.createTempFile(temp, "library", ".jar");
                extracted.add(library);
                extract(jar, entry, library);
                add(library);
            }
        }
    }

    private static void extract(JarFile jar, JarEntry entry, Path library) throws IOException, PluginRefusedException {
        long declared = entry.getSize();
        try (InputStream in = jar.getInputStream(entry);
                OutputStream out = Files.newOutputStream(library)) {
            byte[] buffer = new byte[1 << 16];
            long left = declared;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                // The declared sizes were added up and found small enough; more than declared is an attack.
                if (left < 0) {
                    throw new PluginRefusedException(
                            "The plugin's " + printable(entry.getName()) + " is larger than it says.");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static String printable(String name) {
        String safe = name.replaceAll("\\P{Print}", "?");
        return safe.length() <= 120 ? safe : safe.substring(0, 120) + "…";
    }
}
