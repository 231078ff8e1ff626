package io.regie.core.events;

import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Identification;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The clients of this node that listen. Each hint is checked for each of them when it is sent. */
@Singleton
class EventStreams implements Routes.Contributor {

    /** A credential that was revoked must not hear anything for longer than two seconds. */
    private static final Duration RECHECK = Duration.ofSeconds(1);

    /** Proxies and browsers give up on what is silent for longer. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Pages take less from their making to their stream; what was not told meanwhile is told then. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private static final int MOST_REMEMBERED = 200;
    private static final String MISSED = "missed";

    private static final int MOST = 2000;
    private static final int MOST_PER_ACCOUNT = 30;

    private record Told(long nanos, Hint hint) {}

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Deque<Told> told = new ArrayDeque<>();
    private final AtomicBoolean rechecking = new AtomicBoolean();
    private final Identification identification;
    private final Vertx vertx;

    EventStreams(Identification identification, Vertx vertx) {
        this.identification = identification;
        this.vertx = vertx;
    }

    @Override
    public void contribute(Routes routes) {
        routes.add(HttpMethod.GET, "/api/v1/events", Policy.SIGNED_IN, Scope.MEDIA_READ, this::open);
        vertx.setPeriodic(RECHECK.toMillis(), timer -> recheck());
        vertx.setPeriodic(HEARTBEAT.toMillis(), timer -> streams.forEach(EventStream::beat));
    }

    void send(Hint hint) {
        long now = System.nanoTime();
        synchronized (told) {
            told.addLast(new Told(now, hint));
            while (told.size() > MOST_REMEMBERED || now - told.getFirst().nanos() > REMEMBERED.toNanos()) {
                told.removeFirst();
            }
        }
        streams.forEach(stream -> stream.send(hint));
    }

    /** The last hint about each thing that changed in so many milliseconds. */
    private Collection<Hint> toldIn(long millis) {
        long since = System.nanoTime() - Duration.ofMillis(millis).toNanos();
        Map<String, Hint> last = new LinkedHashMap<>();
        synchronized (told) {
            told.stream()
                    .filter(hint -> hint.nanos() - since >= 0)
                    .forEach(hint -> last.put(hint.hint().type() + hint.hint().id(), hint.hint()));
        }
        return last.values();
    }

    void closeAll() {
        streams.forEach(EventStream::close);
    }

    int size() {
        return streams.size();
    }

    private void open(RoutingContext request) {
        Caller caller = CurrentCaller.of(request);
        UUID credential = CurrentCaller.credential(request)
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHENTICATED, "unauthenticated"));
        refuseTooMany(caller);
        EventStream stream = new EventStream(request, caller, credential, streams::remove);
        streams.add(stream);
        stream.begin();
        String missed = request.request().getParam(MISSED);
        if (missed != null && missed.matches("\\d{1,9}")) {
            toldIn(Math.min(Long.parseLong(missed), REMEMBERED.toMillis())).forEach(stream::send);
        }
    }

    private void refuseTooMany(Caller caller) {
        long own = streams.stream().filter(stream -> stream.belongsTo(caller)).count();
        if (own >= MOST_PER_ACCOUNT) {
            throw ProblemException.later(ProblemType.TOO_MANY_REQUESTS, HEARTBEAT, "too-many-requests");
        }
        if (streams.size() >= MOST) {
            throw ProblemException.later(ProblemType.UNAVAILABLE, HEARTBEAT, "unavailable");
        }
    }

    private void recheck() {
        if (streams.isEmpty() || !rechecking.compareAndSet(false, true)) {
            return;
        }
        Set<UUID> credentials = streams.stream().map(EventStream::credential).collect(Collectors.toSet());
        vertx.executeBlocking(() -> identification.stillGood(credentials), false)
                .onSuccess(good -> streams.forEach(stream -> keepOrClose(stream, credentials, good)))
                // Who cannot be checked does not hear anything.
                .onFailure(failure -> closeAll())
                .onComplete(done -> rechecking.set(false));
    }

    private static void keepOrClose(EventStream stream, Set<UUID> asked, Map<UUID, Caller> good) {
        if (!asked.contains(stream.credential())) {
            return;
        }
        Caller caller = good.get(stream.credential());
        if (caller == null || !caller.has(Scope.MEDIA_READ)) {
            stream.close();
        } else {
            stream.refresh(caller);
        }
    }
}
