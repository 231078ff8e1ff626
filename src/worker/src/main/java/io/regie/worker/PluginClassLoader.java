package io.regie.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's classes, from its jar and the jars inside it. Not a {@code URLClassLoader}, which would follow the
 * {@code Class-Path} of a manifest to files that nobody checked.
 */
final class PluginClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final int MAX_CLASS_BYTES = 16 << 20;

    private final List<JarFile> jars;

    PluginClassLoader(List<JarFile> jars, HostFilter parent) {
        super("plugin", parent);
        this.jars = jars;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        for (JarFile jar : jars) {
            JarEntry entry = jar.getJarEntry(path);
            if (entry != null) {
                byte[] bytes = read(jar, entry, name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
        throw new ClassNotFoundException(name);
    }

    private static byte[] read(JarFile jar, JarEntry entry, String name) throws ClassNotFoundException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_CLASS_BYTES + 1);
            if (bytes.length > MAX_CLASS_BYTES) {
                throw new ClassNotFoundException(name + " is too large");
            }
            return bytes;
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        List<URL> found = list(name);
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(list(name));
    }

    private List<URL> list(String name) {
        List<URL> found = new ArrayList<>();
        for (JarFile jar : jars) {
            JarEntry entry = jar.getJarEntry(name);
            if (entry != null) {
                found.add(url(jar, entry.getRealName()));
            }
        }
        return found;
    }

    private static URL url(JarFile jar, String entry) {
        try {
            String escaped = new URI(null, null, "/" + entry, null).getRawPath();
            return new URL("jar:" + Path.of(jar.getName()).toUri() + "!" + escaped);
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
