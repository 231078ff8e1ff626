package io.regie.worker;

import java.util.List;

/**
 * What a plugin sees of this process: the JDK, the contract and FFmpeg. Everything else, the worker's own classes and
 * libraries included, does not exist for it, so it can bring its own version of anything.
 */
final class HostFilter extends ClassLoader {

    /** Shared with plugins, and therefore never taken from a plugin's jar. */
    private static final List<String> SHARED =
            List.of("io.regie.spi.", "io.regie.ffmpeg.", "org.bytedeco.", "org.jspecify.");

    private final ClassLoader host;

    HostFilter(ClassLoader host) {
        super("host", ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    static boolean shares(String className) {
        return SHARED.stream().anyMatch(className::startsWith);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return shares(name) ? host.loadClass(name) : super.loadClass(name, resolve);
    }
}
