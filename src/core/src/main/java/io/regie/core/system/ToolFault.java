package io.regie.core.system;

/**
 * Something among the media tools that does not work.
 *
 * @param name of a library or a plugin; empty for the worker itself
 * @param message what it said, in its own words
 */
public record ToolFault(Kind kind, String name, String message) {

    /** What one can do about it depends on this. */
    public enum Kind {
        /** No worker ran to its end. */
        WORKER,
        /** A library does not do what everything here needs it for. */
        LIBRARY,
        /** A plugin that was installed cannot be loaded any more. */
        PLUGIN
    }
}
