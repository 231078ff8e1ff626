package io.regie.core.studio;

/** One of several that a form offers. */
public record Choice(String value, String label) {}
