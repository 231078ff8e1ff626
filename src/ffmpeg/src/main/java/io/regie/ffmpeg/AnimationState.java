package io.regie.ffmpeg;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where the file of an animation stands. Each step is taken once, and only forwards; from every state but the last three
 * it can be given up, which frees all that is held, closes the file and then deletes it.
 *
 * <pre>
 * CREATED ──► OPENED ──► ENCODING ──► FINISHED
 *    └──────────┴───────────┴───────► CANCELLED | FAILED
 * </pre>
 */
public enum AnimationState {
    /** Nothing is held, there is no file. Colours are chosen in this state. */
    CREATED,
    /** The file exists; its header is written. */
    OPENED,
    /** At least one picture is in it. */
    ENCODING,
    /** Whole, closed and under its name. */
    FINISHED,
    /** Given up because somebody wanted it; nothing is left. */
    CANCELLED,
    /** Given up because of a fault; nothing is left. */
    FAILED;

    boolean isEnd() {
        return next().isEmpty();
    }

    boolean mayBecome(AnimationState state) {
        return next().contains(state);
    }

    private Set<AnimationState> next() {
        return switch (this) {
            case CREATED -> EnumSet.of(OPENED, CANCELLED, FAILED);
            case OPENED -> EnumSet.of(ENCODING, CANCELLED, FAILED);
            case ENCODING -> EnumSet.of(FINISHED, CANCELLED, FAILED);
            case FINISHED, CANCELLED, FAILED -> EnumSet.noneOf(AnimationState.class);
        };
    }
}
