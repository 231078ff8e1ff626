package io.regie.core.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request's place in a worker: the whole of it, or one of several. One thread uses it, except for {@link #wake},
 * {@link #terminate} and {@link #kill}, which anybody may call.
 */
public interface Seat extends AutoCloseable {

    /** Why a worker ended without a last word. */
    enum Blame {
        /** It had nothing else to do, or was ended because of this. */
        OWN,
        /** Somebody else there was deaf, and all had to go. */
        ANOTHERS,
        /** It died with several in it, and nobody knows by whom. */
        UNKNOWN
    }

    /** Of the process. */
    long pid();

    /**
     * The next message.
     *
     * @return null when none came in time, or somebody called {@link #wake}, or it has {@link #ended}
     * @throws ProtocolBrokenException when it said something that is no message
     */
    @Nullable
    JsonNode next(Duration patience) throws ProtocolBrokenException, InterruptedException;

    /** Whether nothing more is to be heard. */
    boolean ended();

    /** Whether the process is gone, though something it started may still hold its side of the conversation. */
    boolean exited();

    /** Lets {@link #next} return at once. */
    void wake();

    /** Says {@code stop} or {@code cancel}. */
    void tell(String command);

    /** Whether it has taken more memory than it may. */
    boolean tooHeavy();

    /** Lets it end without hearing it any more: at once, or, where others would end too, by asking first. */
    void giveUp();

    /** Asks the whole process to end. */
    void terminate();

    /** Ends the whole process. */
    void kill();

    /** Says that it has heard all: it may go. */
    void dismiss();

    /**
     * Waits until nothing of it runs any more, and kills what does not end in time.
     *
     * @return how the process ended, 0 if it goes on
     */
    int awaitExit(Duration patience) throws InterruptedException;

    /** Only of one that ended without a last word. */
    Blame blame();

    /** The end of what it and FFmpeg printed; nothing where others may have printed it. */
    String nativeLog();

    /** Whether what is left of it could still write to a file. */
    boolean holds(Path file);

    @Override
    void close();
}
