package io.regie.core.uploads;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.storage.NoSpaceException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One tus request, its body held back until somebody wants it, and its one answer. */
final class Exchange {

    /** How much of a body nobody wants is read, so that the client gets to see the answer before a closed connection. */
    private static final long PATIENCE_BYTES = 32L << 20;

    private static final long PATIENCE_MILLIS = 10_000;

    private final RoutingContext routing;
    private final Context context;
    private final Executor executor;

    /** Work that may block and fail. */
    interface Work {
        void run() throws Exception;
    }

    Exchange(RoutingContext routing, Executor executor) {
        this.routing = routing;
        this.executor = executor;
        this.context = routing.vertx().getOrCreateContext();
        routing.request().pause();
        routing.response().putHeader("Tus-Resumable", TusRoutes.VERSION).putHeader("Cache-Control", "no-store");
    }

    RoutingContext routing() {
        return routing;
    }

    HttpServerRequest request() {
        return routing.request();
    }

    Context context() {
        return context;
    }

    @Nullable
    String header(String name) {
        return routing.request().getHeader(name);
    }

    Exchange put(String name, @Nullable Object value) {
        if (value != null) {
            routing.response().putHeader(name, value.toString());
        }
        return this;
    }

    /** A header that is a number, if it is there. */
    @Nullable
    Long number(String name) {
        String value = header(name);
        if (value == null) {
            return null;
        }
        if (!value.matches("\\d{1,30}")) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "uploads.header-malformed", name);
        }
        return value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value);
    }

    /** Runs work on a worker thread; what it throws becomes the answer. */
    void work(Work work) {
        executor.execute(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(e);
            } catch (Exception e) {
                fail(e);
            }
        });
    }

    void answer(int status) {
        context.runOnContext(ignored -> {
            HttpServerResponse response = routing.response();
            if (!response.ended() && !response.closed()) {
                response.setStatusCode(status).end();
                discardBody();
            }
        });
    }

    void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Throwable problem = cause instanceof NoSpaceException full ? full.problem() : cause;
        context.runOnContext(ignored -> {
            if (!routing.response().ended() && !routing.response().closed()) {
                routing.addEndHandler(sent -> discardBody());
                routing.fail(problem);
            }
        });
    }

    /** Ends the connection without an answer, for a client that does not listen. */
    void abandon() {
        context.runOnContext(ignored -> hangUp());
    }

    private void discardBody() {
        HttpServerRequest request = routing.request();
        if (request.isEnded()) {
            return;
        }
        long[] left = {PATIENCE_BYTES};
        long timer = routing.vertx().setTimer(PATIENCE_MILLIS, late -> {
            if (!request.isEnded()) {
                hangUp();
            }
        });
        request.exceptionHandler(broken -> routing.vertx().cancelTimer(timer));
        request.endHandler(whole -> routing.vertx().cancelTimer(timer));
        request.handler(buffer -> {
            left[0] -= buffer.length();
            if (left[0] < 0) {
                hangUp();
            }
        });
        request.resume();
    }

    private void hangUp() {
        if (routing.request().version() == HttpVersion.HTTP_2) {
            routing.response().reset();
        } else {
            routing.request().connection().close();
        }
    }
}
