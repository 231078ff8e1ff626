package io.regie.core.uploads;

import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.web.Ids;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jspecify.annotations.Nullable;

/**
 * tus 1.0: core, creation, creation-with-upload, creation-defer-length, termination, checksum, expiration. Method
 * overrides are not offered: a POST that is a PATCH would need CSRF rules of its own.
 */
@Singleton
class TusRoutes implements Routes.Contributor {

    static final String PATH = "/api/v1/uploads";
    static final String VERSION = "1.0.0";

    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,termination,checksum,expiration";
    private static final String BODY_TYPE = "application/offset+octet-stream";

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final UploadService service;
    private final UploadLocks locks;
    private final UploadConfig config;
    private final Executor executor;

    @Inject
    TusRoutes(UploadService service, UploadLocks locks, UploadConfig config, ManagedExecutor executor) {
        this(service, locks, config, (Executor) executor);
    }

    TusRoutes(UploadService service, UploadLocks locks, UploadConfig config, Executor executor) {
        this.service = service;
        this.locks = locks;
        this.config = config;
        this.executor = executor;
    }

    @Override
    public void contribute(Routes routes) {
        routes.add(HttpMethod.OPTIONS, PATH, Policy.OPEN, Scope.MEDIA_WRITE, this::discover);
        routes.add(HttpMethod.OPTIONS, PATH + "/:id", Policy.OPEN, Scope.MEDIA_WRITE, this::discover);
        add(routes, HttpMethod.POST, PATH, this::create);
        add(routes, HttpMethod.HEAD, PATH + "/:id", this::status);
        add(routes, HttpMethod.PATCH, PATH + "/:id", this::append);
        add(routes, HttpMethod.DELETE, PATH + "/:id", this::terminate);
    }

    private interface Request {
        void handle(Exchange exchange, Caller caller) throws Exception;
    }

    private void add(Routes routes, HttpMethod method, String path, Request request) {
        routes.add(method, path, Policy.SIGNED_IN, Scope.MEDIA_WRITE, routing -> {
            Caller caller = CurrentCaller.of(routing);
            Exchange exchange = new Exchange(routing, executor);
            if (!VERSION.equals(exchange.header("Tus-Resumable"))) {
                exchange.put("Tus-Version", VERSION);
                exchange.fail(new ProblemException(ProblemType.PRECONDITION_FAILED, "uploads.version", VERSION));
                return;
            }
            exchange.work(() -> request.handle(exchange, caller));
        });
    }

    private void discover(RoutingContext routing) {
        new Exchange(routing, executor)
                .put("Tus-Version", VERSION)
                .put("Tus-Extension", EXTENSIONS)
                .put("Tus-Max-Size", config.maxSize().asLongValue())
                .put("Tus-Checksum-Algorithm", Checksum.ALGORITHMS)
                .put("Regie-Chunk-Size", config.chunkSize().asLongValue())
                .answer(204);
    }

    private void create(Exchange exchange, Caller caller) throws IOException {
        Long length = exchange.number("Upload-Length");
        String defer = exchange.header("Upload-Defer-Length");
        if (defer != null && !defer.equals("1")) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "uploads.header-malformed", "Upload-Defer-Length");
        }
        if ((length == null) == (defer == null)) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "uploads.length-missing");
        }
        UploadMetadata metadata = UploadMetadata.parse(exchange.header("Upload-Metadata"));
        boolean withBody = BODY_TYPE.equals(exchange.header("Content-Type"));
        Checksum checksum = withBody ? Checksum.parse(exchange.header("Upload-Checksum")) : null;
        if (withBody && length != null) {
            requireBodyWithin(exchange, length);
        }
        UploadRow row = service.begin(caller, metadata, length);
        exchange.put("Location", PATH + "/" + row.id())
                .put("Regie-Chunk-Size", config.chunkSize().asLongValue());
        if (withBody) {
            withLock(
                    exchange,
                    row.id(),
                    UploadLocks.Takeover.IF_STUCK,
                    lease -> receive(exchange, lease, row, 0, checksum, 201));
        } else {
            exchange.put("Upload-Expires", httpDate(row.expires())).answer(201);
        }
    }

    private void status(Exchange exchange, Caller caller) {
        UUID id = service.require(caller, id(exchange)).id();
        withLock(exchange, id, UploadLocks.Takeover.ALWAYS, lease -> {
            UploadRow row;
            long offset;
            try (lease) {
                row = service.require(caller, id);
                offset = service.offset(row);
                if (row.complete(offset)) {
                    row = service.finish(row);
                }
            }
            describe(exchange, row, offset);
            conclude(exchange, row, 200);
        });
    }

    private void append(Exchange exchange, Caller caller) {
        if (!BODY_TYPE.equals(exchange.header("Content-Type"))) {
            throw new ProblemException(ProblemType.UNSUPPORTED_TYPE, "uploads.content-type", BODY_TYPE);
        }
        Long offset = exchange.number("Upload-Offset");
        if (offset == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "uploads.header-malformed", "Upload-Offset");
        }
        Checksum checksum = Checksum.parse(exchange.header("Upload-Checksum"));
        UUID id = service.require(caller, id(exchange)).id();
        withLock(exchange, id, UploadLocks.Takeover.IF_STUCK, lease -> {
            UploadRow row = service.require(caller, id);
            if (!row.receiving()) {
                lease.close();
                repeatOutcome(exchange, row, offset);
                return;
            }
            long actual = service.offset(row);
            Long declared = exchange.number("Upload-Length");
            if (offset != actual) {
                exchange.put("Upload-Offset", actual);
                throw new ProblemException(ProblemType.CONFLICT, "uploads.wrong-offset", actual);
            }
            UploadRow known = declared == null ? row : service.declareLength(row, declared, offset);
            requireBodyWithin(exchange, limit(known) - offset);
            if (known.complete(offset)) {
                finishAgain(exchange, lease, known);
                return;
            }
            receive(exchange, lease, known, offset, checksum, 204);
        });
    }

    /** A client that missed the answer to its last bytes sends nothing more and gets it again. */
    private void repeatOutcome(Exchange exchange, UploadRow row, long offset) {
        long end = row.acknowledged();
        if (offset != end) {
            exchange.put("Upload-Offset", end);
            throw new ProblemException(ProblemType.CONFLICT, "uploads.wrong-offset", end);
        }
        requireBodyWithin(exchange, 0);
        exchange.put("Upload-Offset", end);
        conclude(exchange, row, 204);
    }

    /** Every byte is here, but the server died or failed before anything came of them. */
    private void finishAgain(Exchange exchange, UploadLocks.Lease lease, UploadRow row) throws Exception {
        UploadRow finished;
        try (lease) {
            finished = service.finish(row);
        }
        describe(exchange, finished, finished.acknowledged());
        conclude(exchange, finished, 204);
    }

    private void terminate(Exchange exchange, Caller caller) {
        UUID id = service.require(caller, id(exchange)).id();
        withLock(exchange, id, UploadLocks.Takeover.ALWAYS, lease -> {
            try (lease) {
                service.terminate(service.require(caller, id));
            }
            exchange.answer(204);
        });
    }

    private interface LockedWork {
        /** Closes the lease, at the latest before the answer; if it throws, it need not. */
        void run(UploadLocks.Lease lease) throws Exception;
    }

    private void withLock(Exchange exchange, UUID id, UploadLocks.Takeover takeover, LockedWork work) {
        locks.acquire(id, takeover)
                .whenComplete((lease, refused) -> exchange.work(() -> {
                    if (refused != null) {
                        exchange.put("Retry-After", "1").fail(refused);
                        return;
                    }
                    try {
                        work.run(lease);
                    } catch (Exception e) {
                        lease.close();
                        throw e;
                    }
                }));
    }

    /** Takes in a body from where the upload is; answers when everything about it is settled. */
    private void receive(
            Exchange exchange,
            UploadLocks.Lease lease,
            UploadRow row,
            long offset,
            @Nullable Checksum checksum,
            int success)
            throws IOException {
        GrowingFile file = service.open(row, offset, checksum == null ? null : checksum.digest());
        Reception reception = new Reception(
                exchange.request(),
                file,
                limit(row) - offset,
                config.readTimeout(),
                exchange.routing().vertx(),
                exchange.context(),
                executor);
        CompletableFuture<Reception.Ending> received = reception.start();
        lease.doing(reception);
        received.whenComplete((ending, failure) -> exchange.work(() -> {
            UploadRow settled;
            try (lease;
                    file) {
                lease.doing(null);
                settled = settle(row, file, checksum, ending, failure);
            }
            describe(exchange, settled, file.size());
            if (!settled.receiving()) {
                conclude(exchange, settled, success);
                return;
            }
            switch (ending) {
                case COMPLETE -> conclude(exchange, settled, success);
                case OVERFLOW -> exchange.fail(overflow());
                case INTERRUPTED -> exchange.fail(new ProblemException(ProblemType.BAD_REQUEST, "uploads.interrupted"));
                case CUT, STALLED -> exchange.abandon();
            }
        }));
    }

    /** Whatever happened, what stays is durable and known before anybody hears of it. */
    private UploadRow settle(
            UploadRow row,
            GrowingFile file,
            @Nullable Checksum checksum,
            Reception.@Nullable Ending ending,
            @Nullable Throwable failure)
            throws Exception {
        if (ending == Reception.Ending.OVERFLOW) {
            return service.drop(row, file);
        }
        if (checksum != null && !(ending == Reception.Ending.COMPLETE && checksum.matches(file.partHash()))) {
            UploadRow dropped = service.drop(row, file);
            if (ending == Reception.Ending.COMPLETE) {
                throw new ProblemException(ProblemType.CHECKSUM_MISMATCH, "uploads.checksum");
            }
            rethrow(failure);
            return dropped;
        }
        UploadRow kept = service.keep(row, file);
        rethrow(failure);
        return kept.complete(file.size()) && kept.length() != null && kept.length() > 0 ? service.finish(kept) : kept;
    }

    private static void rethrow(@Nullable Throwable failure) throws Exception {
        if (failure instanceof Exception e) {
            throw e;
        }
    }

    /** Says what a client needs to go on. */
    private static void describe(Exchange exchange, UploadRow row, long offset) {
        exchange.put("Upload-Offset", offset);
        exchange.put("Upload-Expires", httpDate(row.expires()));
        if (exchange.request().method() == HttpMethod.HEAD) {
            exchange.put("Upload-Length", row.length());
            exchange.put("Upload-Metadata", row.metadata());
            exchange.put("Upload-Defer-Length", row.length() == null ? "1" : null);
        }
    }

    /** Answers with success, or with why nothing became of the file. */
    private static void conclude(Exchange exchange, UploadRow row, int success) {
        if (row.refusal() != null) {
            exchange.fail(row.refusal());
            return;
        }
        exchange.put("Regie-Article", row.article()).put("Regie-Duplicate-Of", row.duplicateOf());
        exchange.answer(success);
    }

    private static long limit(UploadRow row) {
        return row.length() == null ? row.reserved() : row.length();
    }

    private static void requireBodyWithin(Exchange exchange, long room) {
        Long announced = exchange.number("Content-Length");
        if (announced != null && announced > room) {
            throw overflow();
        }
    }

    private static ProblemException overflow() {
        return new ProblemException(ProblemType.TOO_LARGE, "uploads.beyond-length");
    }

    private static UUID id(Exchange exchange) {
        return Ids.parse(exchange.routing().pathParam("id")).orElseThrow(ProblemException::notFound);
    }

    private static String httpDate(Instant time) {
        return HTTP_DATE.format(time);
    }
}
