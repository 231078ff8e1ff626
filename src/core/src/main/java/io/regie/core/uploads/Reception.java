package io.regie.core.uploads;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One request body on its way to disk. The event loop hands over what arrives; a worker thread writes it, and only
 * while there is something to write, so a slow client holds no thread. When more waits than a few blocks, the socket is
 * not read: memory stays flat however long the body is.
 */
final class Reception implements UploadLocks.Interruptible {

    /** How it ended. */
    enum Ending {
        /** The body is whole. */
        COMPLETE,
        /** The connection broke. */
        CUT,
        /** The client sent nothing for too long. */
        STALLED,
        /** Another request took over. */
        INTERRUPTED,
        /** More came than the upload may hold. */
        OVERFLOW
    }

    private static final int BLOCK = 64 << 10;

    /** What may wait of one body, and of all bodies together, before sockets are not read. */
    private static final int MUCH = 1 << 20;

    private static final int TOO_MUCH = 16 << 20;
    private static final AtomicLong WAITING_EVERYWHERE = new AtomicLong();

    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Blocks between uses; as many as ever wrote at once. */
    private static final ConcurrentLinkedQueue<byte[]> BLOCKS = new ConcurrentLinkedQueue<>();

    private final HttpServerRequest request;
    private final GrowingFile file;
    private final long limit;
    private final Duration readTimeout;
    private final Vertx vertx;
    private final Context context;
    private final Executor executor;
    private final CompletableFuture<Ending> done = new CompletableFuture<>();

    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long received;
    private boolean writing;
    private boolean held;
    private long lastByte = System.nanoTime();
    private @Nullable Ending ending;

    /**
     * @param request paused
     * @param limit the most bytes this body may have
     * @param context the request's event loop
     * @param executor for blocking writes
     */
    Reception(
            HttpServerRequest request,
            GrowingFile file,
            long limit,
            Duration readTimeout,
            Vertx vertx,
            Context context,
            Executor executor) {
        this.request = request;
        this.file = file;
        this.limit = limit;
        this.readTimeout = readTimeout;
        this.vertx = vertx;
        this.context = context;
        this.executor = executor;
    }

    /** Completes when nothing more will be written; exceptionally when writing failed. */
    CompletableFuture<Ending> start() {
        context.runOnContext(ignored -> listen());
        return done;
    }

    private void listen() {
        request.exceptionHandler(broken -> end(Ending.CUT));
        request.endHandler(whole -> end(Ending.COMPLETE));
        request.handler(this::arrived);
        long timer = vertx.setPeriodic(Math.max(10, Math.min(1000, readTimeout.toMillis() / 4)), tick -> {
            if (silentFor(readTimeout.toNanos())) {
                end(Ending.STALLED);
            }
        });
        done.whenComplete((result, error) -> vertx.cancelTimer(timer));
        if (request.response().closed()) {
            end(Ending.CUT);
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        synchronized (this) {
            lastByte = System.nanoTime();
        }
        request.resume();
    }

    private synchronized void arrived(Buffer buffer) {
        if (ending != null) {
            return;
        }
        received += buffer.length();
        if (received > limit) {
            end(Ending.OVERFLOW);
            return;
        }
        lastByte = System.nanoTime();
        waiting.add(buffer);
        waitingBytes += buffer.length();
        long everywhere = WAITING_EVERYWHERE.addAndGet(buffer.length());
        if ((waitingBytes > MUCH || everywhere > TOO_MUCH) && !held) {
            held = true;
            request.pause();
        }
        write();
    }

    private synchronized void end(Ending how) {
        if (ending == null) {
            ending = how;
            if (how != Ending.COMPLETE) {
                // Of a whole body nothing is left to hold back, and a paused request does not count as ended.
                request.pause();
            }
            write();
        }
    }

    private synchronized void write() {
        if (!writing) {
            writing = true;
            executor.execute(this::writeWaiting);
        }
    }

    private void writeWaiting() {
        byte[] block = BLOCKS.poll();
        if (block == null) {
            block = new byte[BLOCK];
        }
        try {
            for (List<Buffer> next = next(); !next.isEmpty(); next = next()) {
                append(next, block);
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new IOException(e));
        } finally {
            BLOCKS.add(block);
        }
    }

    /** What waits; when nothing does, the writer rests, and if nothing ever will, it is done. */
    private List<Buffer> next() {
        List<Buffer> next;
        Ending how;
        synchronized (this) {
            next = takeWaiting();
            how = ending;
            if (next.isEmpty()) {
                writing = false;
            }
            if (held && ending == null) {
                held = false;
                context.runOnContext(ignored -> listenAgain());
            }
        }
        if (next.isEmpty() && how != null) {
            done.complete(how);
        }
        return next;
    }

    private synchronized List<Buffer> takeWaiting() {
        List<Buffer> taken = new ArrayList<>(waiting);
        waiting.clear();
        WAITING_EVERYWHERE.addAndGet(-waitingBytes);
        waitingBytes = 0;
        return taken;
    }

    private synchronized void listenAgain() {
        if (ending == null) {
            lastByte = System.nanoTime();
            request.resume();
        }
    }

    private void append(List<Buffer> buffers, byte[] block) throws IOException {
        int filled = 0;
        for (Buffer buffer : buffers) {
            ByteBuf bytes = buffer.getByteBuf();
            while (bytes.isReadable()) {
                int count = Math.min(bytes.readableBytes(), block.length - filled);
                bytes.readBytes(block, filled, count);
                filled += count;
                if (filled == block.length) {
                    file.append(block, filled);
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            file.append(block, filled);
        }
    }

    private void fail(IOException e) {
        synchronized (this) {
            ending = Ending.CUT;
            takeWaiting();
        }
        context.runOnContext(ignored -> request.pause());
        done.completeExceptionally(e);
    }

    @Override
    public boolean stuck() {
        return silentFor(STUCK_NANOS);
    }

    private synchronized boolean silentFor(long nanos) {
        return ending == null && !held && !writing && System.nanoTime() - lastByte > nanos;
    }

    @Override
    public void interrupt() {
        context.runOnContext(ignored -> end(Ending.INTERRUPTED));
    }
}
