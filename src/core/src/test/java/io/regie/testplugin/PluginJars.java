package io.regie.testplugin;

import io.regie.spi.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Puts compiled test classes into plugin jars. */
public final class PluginJars {
    private PluginJars() {}

    public static Path acting(Path folder) throws IOException {
        return jar(folder.resolve("acting.jar"), ActingPlugin.class, ActingHandler.class, LiveHandler.class);
    }

    /** @param classes the plugin first */
    public static Path jar(Path file, Class<?>... classes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            entry(jar, "META-INF/services/" + Plugin.class.getName(), classes[0].getName());
            String texts = "title=Title\nrange=Range\nimages=Images\nact=Act\nwith=With\namount=Amount\nkey=Key\n";
            entry(jar, "messages_en.properties", texts);
            entry(jar, "messages_fr.properties", texts);
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return file;
    }

    private static void entry(JarOutputStream jar, String name, String text) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(text.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }
}
