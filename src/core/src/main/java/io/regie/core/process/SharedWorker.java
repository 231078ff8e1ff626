package io.regie.core.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker with several requests at a time, each in a conversation of its own. It takes no more once it had to be ended,
 * and goes when it had nobody for a while.
 */
final class SharedWorker {
    private static final System.Logger LOG = System.getLogger(SharedWorker.class.getName());
    /** For a recording that goes on after a pause, or the next one. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration MEMORY_EVERY = Duration.ofMillis(500);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final int BACKLOG = 256;
    private static final Set<String> LAST = Set.of("result", "failed", "cancelled");

    private final WorkerProcess process;
    private final Path temp;
    private final int memoryMiB;
    private final Consumer<SharedWorker> gone;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private int everybody;
    private int mostAtOnce;
    private boolean full;
    private boolean ended;
    private int code;
    private @Nullable Place culprit;
    private volatile boolean heavy;

    /**
     * @param process that was asked to share
     * @param temp its folder, which goes with it
     * @param memoryMiB that each request may take
     * @param gone told when it has ended
     */
    SharedWorker(WorkerProcess process, Path temp, int memoryMiB, Consumer<SharedWorker> gone) {
        this.process = process;
        this.temp = temp;
        this.memoryMiB = memoryMiB;
        this.gone = gone;
    }

    void listen() {
        Thread thread = new Thread(this::pass, "shared-" + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    /** A place for one more, or null. */
    synchronized @Nullable Seat seat(ObjectNode request, int most) {
        if (full || places.size() >= most) {
            return null;
        }
        Place place = new Place(Integer.toString(++everybody));
        places.put(place.conversation, place);
        mostAtOnce = Math.max(mostAtOnce, places.size());
        process.say(request.deepCopy().put("conversation", place.conversation));
        return place;
    }

    void close() {
        synchronized (this) {
            full = true;
        }
        process.close();
    }

    /** Passes on what it says until it has ended. */
    private void pass() {
        try {
            long measured = System.nanoTime();
            while (!process.ended()) {
                JsonNode message = process.next(TICK);
                if (message != null) {
                    pass(message);
                } else if (process.exited()) {
                    break;
                }
                if (System.nanoTime() - measured >= MEMORY_EVERY.toNanos()) {
                    measured = System.nanoTime();
                    weigh();
                }
            }
            end(process.awaitExit(GOODBYE));
        } catch (ProtocolBrokenException e) {
            LOG.log(System.Logger.Level.WARNING, "A worker with several jobs broke the protocol: {0}", e.getMessage());
            process.kill();
            end(-1);
        } catch (InterruptedException e) {
            process.kill();
            end(-1);
            Thread.currentThread().interrupt();
        }
        process.close();
        try {
            Trees.delete(temp);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "A folder stays until the next start: {0}", e.toString());
        }
        gone.accept(this);
    }

    private void pass(JsonNode message) throws InterruptedException {
        Place place;
        synchronized (this) {
            place = places.get(message.path("conversation").asText());
        }
        if (place != null) {
            place.hear(message);
        }
    }

    /** Who of several took too much is not known before each of them has a process of its own. */
    private void weigh() {
        long resident = process.residentMiB();
        synchronized (this) {
            boolean tooMuch = resident > (long) memoryMiB * Math.max(1, mostAtOnce);
            if (tooMuch && talking().size() > 1) {
                LOG.log(System.Logger.Level.WARNING, "A worker with several jobs took {0} MiB and is ended", resident);
                full = true;
                process.kill();
            } else {
                heavy = tooMuch;
            }
        }
    }

    private synchronized void end(int exitCode) {
        full = true;
        ended = true;
        code = exitCode;
        List<Place> waiting = talking();
        if (!waiting.isEmpty() && culprit == null) {
            LOG.log(System.Logger.Level.WARNING, "A worker with {0} jobs ended with {1}", waiting.size(), exitCode);
        }
        for (Place place : waiting) {
            place.lost(waiting.size() > 1);
        }
    }

    private List<Place> talking() {
        return places.values().stream().filter(place -> !place.over).toList();
    }

    private synchronized void leave(Place place) {
        places.remove(place.conversation);
        if (places.isEmpty() && !full) {
            int before = everybody;
            CompletableFuture.delayedExecutor(IDLE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> endIfIdle(before));
        }
    }

    private synchronized void endIfIdle(int before) {
        if (places.isEmpty() && everybody == before) {
            full = true;
            process.dismiss();
        }
    }

    private synchronized boolean convict(Place place) {
        if (place.over) {
            return false;
        }
        full = true;
        if (culprit == null) {
            culprit = place;
        }
        return true;
    }

    /** One conversation. */
    private final class Place implements Seat {
        private final String conversation;
        /** An empty node only wakes. */
        private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>(BACKLOG);

        private volatile boolean over;
        private volatile boolean lost;
        private volatile boolean together;
        private boolean done;

        Place(String conversation) {
            this.conversation = conversation;
        }

        /** Who says more than is heard has to wait, and all others with it; until it is given up. */
        private void hear(JsonNode message) throws InterruptedException {
            heard.put(message);
            if (LAST.contains(message.path("event").asText())) {
                over = true;
                wake();
            }
        }

        private void lost(boolean withOthers) {
            together = withOthers;
            lost = true;
            over = true;
            wake();
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public @Nullable JsonNode next(Duration patience) throws InterruptedException {
            if (done) {
                return null;
            }
            boolean last = over;
            JsonNode message = heard.poll(last ? 0 : patience.toMillis(), TimeUnit.MILLISECONDS);
            done = last && message == null;
            return message == null || message.isMissingNode() ? null : message;
        }

        @Override
        public boolean ended() {
            return done;
        }

        /** Whoever passes on what is heard finds that out for all. */
        @Override
        public boolean exited() {
            return false;
        }

        @Override
        public void wake() {
            // A full queue is awake.
            heard.offer(ProtocolJson.mapper().missingNode());
        }

        @Override
        public void tell(String command) {
            process.say(ProtocolJson.object().put("command", command).put("conversation", conversation));
        }

        @Override
        public boolean tooHeavy() {
            return heavy && !over;
        }

        @Override
        public void giveUp() {
            tell("cancel");
        }

        @Override
        public void terminate() {
            if (convict(this)) {
                process.terminate();
            }
        }

        @Override
        public void kill() {
            if (convict(this)) {
                process.kill();
            }
        }

        @Override
        public void dismiss() {
            if (!over) {
                giveUp();
            }
        }

        @Override
        public int awaitExit(Duration patience) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            while (!done) {
                next(TICK);
                if (System.nanoTime() - end > 0) {
                    kill();
                }
            }
            synchronized (SharedWorker.this) {
                return ended ? code : 0;
            }
        }

        @Override
        public Blame blame() {
            synchronized (SharedWorker.this) {
                if (culprit != null) {
                    return culprit == this ? Blame.OWN : Blame.ANOTHERS;
                }
                return lost && together ? Blame.UNKNOWN : Blame.OWN;
            }
        }

        @Override
        public String nativeLog() {
            synchronized (SharedWorker.this) {
                return everybody == 1 ? process.nativeLog() : "";
            }
        }

        @Override
        public boolean holds(Path file) {
            synchronized (SharedWorker.this) {
                return !ended && process.holds(file);
            }
        }

        @Override
        public void close() {
            try {
                dismiss();
                awaitExit(GOODBYE);
            } catch (InterruptedException e) {
                kill();
                Thread.currentThread().interrupt();
            }
            leave(this);
        }
    }
}
