package io.regie.core.process;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The workers that several requests share: those of one plugin, in one sandbox, with the same limits. Each is filled
 * before another one begins.
 */
@Singleton
public class SharedWorkers {
    private final Workers workers;
    private final Map<SharedWorker, Kind> open = new LinkedHashMap<>();

    private record Kind(Path plugin, WorkerLaunch.Weight weight, WorkerLaunch.Reach reach, int most) {}

    SharedWorkers(Workers workers) {
        this.workers = workers;
    }

    /**
     * Gives a request a place beside others of its plugin.
     *
     * @param launch its weight is that of one request
     * @param most how many may be in one process
     * @throws IOException when there is no place and no process can be started
     */
    public synchronized Seat seat(WorkerLaunch launch, Path plugin, int most) throws IOException {
        Kind kind = new Kind(plugin, launch.weight(), launch.reach(), most);
        for (Map.Entry<SharedWorker, Kind> known : open.entrySet()) {
            Seat seat = known.getValue().equals(kind) ? known.getKey().seat(launch.request(), most) : null;
            if (seat != null) {
                return seat;
            }
        }
        SharedWorker fresh = workers.share(kind.weight(), kind.reach(), most, this::gone);
        open.put(fresh, kind);
        Seat seat = fresh.seat(launch.request(), most);
        fresh.listen();
        if (seat == null) {
            throw new IllegalStateException("A fresh worker has a place");
        }
        return seat;
    }

    private synchronized void gone(SharedWorker worker) {
        open.remove(worker);
    }

    @PreDestroy
    void close() {
        List<SharedWorker> left;
        synchronized (this) {
            left = new ArrayList<>(open.keySet());
        }
        left.forEach(SharedWorker::close);
    }
}
