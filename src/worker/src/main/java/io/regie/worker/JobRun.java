package io.regie.worker;

import io.regie.spi.FailureKind;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** One attempt at a job: calls the handler on a thread of its own and says how it ended. */
final class JobRun {

    /** Threads may start while they are counted. */
    private static final int SPARE = 16;

    private final String plugin;
    private final JobHandler handler;
    private final Control control;
    private final EventStream events;

    /** @param plugin whose handler it is, for the start of a sentence */
    JobRun(String plugin, JobHandler handler, Control control, EventStream events) {
        this.plugin = plugin;
        this.handler = handler;
        this.control = control;
        this.events = events;
    }

    /** Returns the last event of the run. */
    Event run(JobRequest request, Path workspace, @Nullable Network network) throws InterruptedException {
        RunContext context;
        try {
            context = new RunContext(workspace.toRealPath(), network, control, events, System::nanoTime);
        } catch (IOException e) {
            return new Event.Failed(FailureKind.INTERNAL, "There is no workspace for the job.");
        }
        ThreadGroup threads = new ThreadGroup("job");
        FutureTask<JobResult> task = new FutureTask<>(() -> handler.run(request, context));
        Thread thread = new Thread(threads, task, "job");
        thread.setContextClassLoader(handler.getClass().getClassLoader());
        thread.start();
        control.interrupts(thread);
        Event last = end(task, context);
        thread.join();
        warnOfThreads(threads);
        return last;
    }

    private Event end(FutureTask<JobResult> task, RunContext context) throws InterruptedException {
        try {
            JobResult result = task.get();
            context.end();
            return control.isCancelled() ? new Event.Cancelled() : new Event.Succeeded(context.finish(result));
        } catch (ExecutionException e) {
            context.end();
            if (control.isCancelled()) {
                return new Event.Cancelled();
            }
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            events.trace(thrown);
            return Failures.of(thrown, plugin);
        } catch (PluginDefectException e) {
            events.trace(e);
            return Failures.of(e, plugin);
        }
    }

    private void warnOfThreads(ThreadGroup threads) {
        Thread[] alive = new Thread[threads.activeCount() + SPARE];
        int count = threads.enumerate(alive);
        List<String> left = Arrays.stream(alive, 0, count)
                .filter(thread -> !belongsToPlatform(thread))
                .map(Thread::getName)
                .sorted()
                .toList();
        if (!left.isEmpty()) {
            events.send(new Event.Logged(plugin + " left threads running: "
                    + String.join(", ", left.subList(0, Math.min(10, left.size())))));
        }
    }

    /** Threads that the JDK or JavaCPP start once for everybody, whoever needs them first, and never end. */
    private static boolean belongsToPlatform(Thread thread) {
        return thread.getName().startsWith("ForkJoinPool.commonPool-")
                || thread.getName().startsWith("JavaCPP ");
    }
}
