package io.regie.worker;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Meets the classes that runs need, so that the virtual machine can write them down for all workers that follow
 * ({@code -XX:ArchiveClassesAtExit}): a third of a run's time until its first output goes by with finding and checking
 * them. Needs no input and no library.
 */
final class Rehearsal {

    /** Ours, and the bindings. What runs use of everything else is met on the way, or is little. */
    private static final Pattern JARS = Pattern.compile("(regie-.*|ffmpeg-[0-9.-]*|javacpp-[0-9.]*)\\.jar");

    private static final String CLASS = ".class";

    private Rehearsal() {}

    static void run() throws IOException {
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            File jar = new File(path);
            if (JARS.matcher(jar.getName()).matches()) {
                names(jar).forEach(Rehearsal::meet);
            }
        }
    }

    private static List<String> names(File jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/") && !name.contains("-info."))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .toList();
        }
    }

    private static void meet(String name) {
        try {
            Class.forName(name, false, Rehearsal.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // For a build tool or a platform that is not here.
        }
    }
}
