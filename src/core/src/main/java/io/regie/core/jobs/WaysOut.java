package io.regie.core.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.core.egress.Destination;
import io.regie.core.egress.Egress;
import io.regie.core.egress.EgressPolicy;
import io.regie.core.egress.EgressRefusedException;
import io.regie.core.egress.Relay;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.WorkerLaunch.Reach;
import io.regie.core.process.Workers;
import io.regie.spi.FailureKind;
import io.regie.spi.JobType;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Gives attempts at live streams their source and a way to it. What speaks TCP goes through a relay and has nothing
 * else; what speaks UDP is told a checked address and connects by itself.
 */
@Singleton
final class WaysOut {
    private static final String UDP = "srt";
    /** Its redirects cannot be seen from outside, so it must be confined. */
    private static final String HIDDEN_REDIRECTS = "rtsps";

    private final Instance<LiveOrigins> origins;
    private final Workers workers;
    private final Egress egress = Egress.create();

    WaysOut(Instance<LiveOrigins> origins, Workers workers) {
        this.origins = origins;
        this.workers = workers;
    }

    /** An attempt cannot begin, because of where its source is. */
    static final class NoWayException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Ending.Failed ending;

        NoWayException(FailureKind kind, String reason, String sentence) {
            super(reason);
            this.ending = new Ending.Failed(kind, reason, Said.of(sentence));
        }

        Ending.Failed ending() {
            return ending;
        }
    }

    /**
     * @param secrets among the job's parameters
     * @param request gets all that the worker must know
     */
    WayOut open(Job job, JobType type, Set<String> secrets, ObjectNode request) throws IOException, NoWayException {
        if (!type.trigger().readsLiveStream()) {
            return WayOut.none(secrets);
        }
        LiveOrigin origin = origins.stream()
                .map(known -> known.find(job.id()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new NoWayException(FailureKind.BAD_INPUT, "no-live-stream", "jobs-no-live-stream"));
        Set<String> hidden = new HashSet<>(origin.hidden());
        hidden.addAll(secrets);
        return origin.uri().getScheme().equals(UDP)
                ? direct(origin, hidden, request)
                : relayed(origin, hidden, request);
    }

    private WayOut direct(LiveOrigin origin, Set<String> hidden, ObjectNode request) throws NoWayException {
        try {
            Destination destination = Destination.of(origin.uri(), 0);
            InetAddress checked = egress.require(destination, origin.policy()).get(0);
            describe(origin, at(origin.uri(), checked), request);
            return new WayOut(Reach.EVERYBODY, hidden, new ConcurrentLinkedQueue<>(), null);
        } catch (EgressRefusedException e) {
            throw new NoWayException(FailureKind.EXTERNAL, "unreachable", "jobs-live-unreachable");
        }
    }

    private WayOut relayed(LiveOrigin origin, Set<String> hidden, ObjectNode request)
            throws IOException, NoWayException {
        boolean confined = workers.confines();
        if (!confined && origin.uri().getScheme().equals(HIDDEN_REDIRECTS)) {
            throw new NoWayException(FailureKind.EXTERNAL, "unconfined", "jobs-live-unconfined");
        }
        Queue<String> said = new ConcurrentLinkedQueue<>();
        Relay relay =
                Relay.open(egress, new Relay.Rules(policy(origin, confined), confined), workers.relays(), said::add);
        try {
            workers.lend(relay.socket());
        } catch (IOException e) {
            relay.close();
            throw e;
        }
        describe(origin, origin.uri(), request);
        request.put("relay", relay.socket().toString()).put("relayToken", relay.token());
        return new WayOut(Reach.ITSELF, hidden, said, relay);
    }

    private static EgressPolicy policy(LiveOrigin origin, boolean confined) throws NoWayException {
        if (confined) {
            return origin.policy();
        }
        try {
            return origin.policy().onlyTo(Destination.of(origin.uri(), 1).host());
        } catch (EgressRefusedException e) {
            throw new NoWayException(FailureKind.EXTERNAL, "unreachable", "jobs-live-unreachable");
        }
    }

    private static void describe(LiveOrigin origin, URI uri, ObjectNode request) {
        ObjectNode source = request.putObject("source").put("uri", uri.toString());
        source.set("options", ProtocolJson.mapper().valueToTree(origin.options()));
    }

    /** The same place by its address. What speaks UDP has neither user nor query. */
    private static URI at(URI uri, InetAddress address) {
        String host = address.getHostAddress();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return URI.create(uri.getScheme() + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":"
                + uri.getPort() + path);
    }
}
