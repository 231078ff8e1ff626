package io.regie.core.uploads;

import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.FileForm;
import io.regie.core.access.Policy;
import io.regie.core.access.Role;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.Sentences;
import io.regie.core.storage.Disk;
import io.regie.core.storage.LocalStorageForTests;
import io.regie.core.storage.Storage;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The tus routes on a real socket with the real database and disk, without the application around them: credentials
 * are an account's id, media is a fake.
 */
final class TusServer implements AutoCloseable, Routes {

    final Path directory;
    final FakeMedia media = new FakeMedia();
    final Uploads uploads = new Uploads(UploadDatabase.shared());
    final UploadConfig config;
    final UUID alice = UUID.randomUUID();
    final UUID bob = UUID.randomUUID();
    final UUID reader = UUID.randomUUID();

    volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");
    volatile Disk disk = Disk.REAL;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ExecutorService executor;
    private HttpServer server;
    private Router router;
    private UploadFiles files;
    UploadService service;
    Quotas quotas;
    Storage storage;
    FinishInterruptedUploads recovery;

    private TusServer(Path directory, Map<String, String> settings) {
        this.directory = directory;
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(UploadConfig.class)
                .withDefaultValue("regie.uploads.lock-patience", "5s");
        settings.forEach((name, value) -> builder.withDefaultValue("regie.uploads." + name, value));
        this.config = builder.build().getConfigMapping(UploadConfig.class);
    }

    static TusServer start(Path directory, Map<String, String> settings) {
        TusServer server = new TusServer(directory, settings);
        server.up();
        return server;
    }

    static TusServer start(Path directory) {
        return start(directory, Map.of());
    }

    /** As after a crash: everything in memory is new, rows and files are as they were. */
    void restart() {
        down();
        up();
    }

    private void up() {
        executor = Executors.newCachedThreadPool();
        router = Router.router(vertx);
        router.route().handler(this::identify);
        router.route().failureHandler(TusServer::explain);
        files = new UploadFiles(
                directory.resolve("uploads"),
                new CurrentDisk(),
                config.freeSpaceFloor().asLongValue());
        storage = LocalStorageForTests.at(directory.resolve("storage"), new CurrentDisk());
        quotas = new Quotas(uploads, List.of(media), config);
        service = new UploadService(
                uploads, files, storage, new HandOver(uploads, media), quotas, List.of(media), config, () -> now);
        UploadLocks locks = new UploadLocks(config.lockPatience(), executor);
        new TusRoutes(service, locks, config, executor).contribute(this);
        recovery = new FinishInterruptedUploads(uploads, files, service, locks, executor);
        server = await(vertx.createHttpServer(new HttpServerOptions().setMaxChunkSize(64 << 10))
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
    }

    private void down() {
        await(server.close());
        executor.shutdown();
        try {
            executor.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        down();
        await(vertx.close());
        for (UUID account : List.of(alice, bob, reader)) {
            try (var connection = UploadDatabase.shared().getConnection();
                    var delete = connection.prepareStatement("delete from upload where owner = ?")) {
                delete.setObject(1, account);
                delete.execute();
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    int port() {
        return server.actualPort();
    }

    Path file(String location) {
        return directory.resolve("uploads").resolve(location.substring(location.lastIndexOf('/') + 1));
    }

    DeleteExpiredUploads expiry() {
        return new DeleteExpiredUploads(uploads, files, () -> now);
    }

    Request as(UUID account, String method, String path) {
        return new Request(account, method, path);
    }

    Request post() {
        return as(alice, "POST", TusRoutes.PATH);
    }

    Request head(String location) {
        return as(alice, "HEAD", location);
    }

    Request patch(String location, long offset, byte[] body) {
        return as(alice, "PATCH", location)
                .with("Content-Type", "application/offset+octet-stream")
                .with("Upload-Offset", Long.toString(offset))
                .body(body);
    }

    /** Begins an upload and says where. */
    String create(long length) {
        HttpResponse<String> created =
                post().with("Upload-Length", Long.toString(length)).send();
        if (created.statusCode() != 201) {
            throw new AssertionError(created.statusCode() + " " + created.body());
        }
        return header(created, "Location");
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    final class Request {

        private final String method;
        private final String path;
        private final Map<String, String> headers = new HashMap<>();
        private HttpRequest.BodyPublisher body = BodyPublishers.noBody();

        private Request(UUID account, String method, String path) {
            this.method = method;
            this.path = path;
            headers.put("Tus-Resumable", "1.0.0");
            headers.put("Authorization", "Bearer " + account);
        }

        Request with(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Request without(String name) {
            headers.remove(name);
            return this;
        }

        Request body(byte[] bytes) {
            body = BodyPublishers.ofByteArray(bytes);
            return this;
        }

        Request body(HttpRequest.BodyPublisher publisher) {
            body = publisher;
            return this;
        }

        HttpResponse<String> send() {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                    .timeout(Duration.ofSeconds(60))
                    .method(method, body);
            headers.forEach(request::header);
            try {
                return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void add(HttpMethod method, String path, Policy policy, Scope scope, Handler<RoutingContext> handler) {
        router.route(method, path).handler(routing -> {
            if (policy != Policy.OPEN && !CurrentCaller.of(routing).signedIn()) {
                routing.fail(401);
            } else {
                handler.handle(routing);
            }
        });
    }

    @Override
    public void addBlocking(
            HttpMethod method, String path, Policy policy, Scope scope, Handler<RoutingContext> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addForm(String path, Policy policy, Scope scope, FileForm form) {
        throw new UnsupportedOperationException("Nothing here is sent by forms");
    }

    private void identify(RoutingContext routing) {
        String authorization = routing.request().getHeader("Authorization");
        if (authorization != null) {
            UUID account = UUID.fromString(authorization.substring("Bearer ".length()));
            Role role = account.equals(reader) ? Role.VISITOR : Role.CONTRIBUTOR;
            CurrentCaller.remember(routing, new Caller(account, role, Set.of(Scope.EVERYTHING), Caller.Via.TOKEN));
        }
        routing.next();
    }

    private static void explain(RoutingContext routing) {
        if (routing.failure() instanceof ProblemException problem) {
            routing.response()
                    .setStatusCode(problem.type().status())
                    .putHeader("Content-Type", "application/problem+json")
                    .end(new JsonObject()
                            .put("type", problem.type().slug())
                            .put("detail", Sentences.of(Locale.ENGLISH, problem))
                            .encode());
        } else {
            routing.response()
                    .setStatusCode(routing.failure() == null ? routing.statusCode() : 500)
                    .end();
        }
    }

    private final class CurrentDisk implements Disk {
        @Override
        public void sync(Path file) throws IOException {
            disk.sync(file);
        }

        @Override
        public void sync(java.nio.channels.FileChannel file) throws IOException {
            disk.sync(file);
        }

        @Override
        public long usableBytes(Path place) throws IOException {
            return disk.usableBytes(place);
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
