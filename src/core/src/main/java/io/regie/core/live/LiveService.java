package io.regie.core.live;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.regie.core.egress.EgressRefusedException;
import io.regie.core.events.Events;
import io.regie.core.events.Hint;
import io.regie.core.jobs.JobQueue;
import io.regie.core.live.LiveRun.Kind;
import io.regie.core.live.LiveStreamView.CheckView;
import io.regie.core.live.LiveStreamView.RecordingView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.spi.JobType;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Live streams for those who may see them: their own, or everybody's. Others are missing. */
@Singleton
public class LiveService {
    private static final int MAX_STREAMS = 1000;
    private static final int MAX_NAME = 200;
    private static final long MAX_SECONDS = 31L * 24 * 3600;
    private static final int RECORDINGS = 100;
    private static final int MAX_SCHEDULES = 20;
    private static final int CALENDAR_ENTRIES = 5000;
    private static final UUID NOBODY = new UUID(0, 0);

    private final LiveStreams streams;
    private final LiveRuns runs;
    private final LiveSettings settings;
    private final LiveTypes types;
    private final LivePlans plans;
    private final JobQueue jobs;
    private final Events hints;
    private final InstantSource clock;

    LiveService(
            LiveStreams streams,
            LiveRuns runs,
            LiveSettings settings,
            LiveTypes types,
            LivePlans plans,
            JobQueue jobs,
            Events hints,
            InstantSource clock) {
        this.streams = streams;
        this.runs = runs;
        this.settings = settings;
        this.types = types;
        this.plans = plans;
        this.jobs = jobs;
        this.hints = hints;
        this.clock = clock;
    }

    /** Whether an installed plugin records live streams; without one there is nothing to see here. */
    public boolean available() {
        return types.recording().isPresent();
    }

    /** Whether jobs of this type are about the live stream itself; others are about articles. */
    public boolean isCheck(String jobType) {
        return types.checking().map(JobType::id).filter(jobType::equals).isPresent();
    }

    public boolean mayAdd(Caller caller) {
        return Authorization.mayReachOut(caller);
    }

    public List<LiveStreamView> list(Caller caller) {
        return views(visible(caller));
    }

    private List<LiveStream> visible(Caller caller) {
        requireAvailable();
        boolean everybodys = Authorization.may(caller, Action.READ, new Guarded(NOBODY, Visibility.PRIVATE));
        UUID owner = everybodys ? null : caller.account();
        if (owner == null && !everybodys) {
            return List.of();
        }
        return streams.list(owner, MAX_STREAMS).stream()
                .filter(stream -> Authorization.may(caller, Action.READ, stream.guarded()))
                .toList();
    }

    public LiveStreamView require(Caller caller, UUID id) {
        return view(required(caller, Action.READ, id));
    }

    /** What an article was recorded by, for whoever may edit that; empty when it is no recording. */
    public Optional<RecordingView> recordingOf(UUID article) {
        return runs.ofArticle(article).map(RecordingView::of);
    }

    /** Whether an article is a recording that a plan began. */
    public boolean isPlanned(UUID article) {
        return runs.ofArticle(article).filter(LiveRun::planned).isPresent();
    }

    /**
     * What was recorded in some time and what is planned for it, of all streams that the caller may see, the first
     * first. What has begun is not planned any more.
     */
    public List<CalendarEntry> calendar(Caller caller, Instant from, Instant to) {
        List<LiveStream> visible = visible(caller);
        Map<UUID, String> names = visible.stream().collect(Collectors.toMap(LiveStream::id, LiveStream::name));
        List<CalendarEntry> entries = new ArrayList<>();
        for (LiveRun run : runs.between(names.keySet(), from, to, CALENDAR_ENTRIES)) {
            UUID stream = run.stream();
            if (stream != null) {
                Window window = new Window(run.begun(), end(run));
                entries.add(new CalendarEntry(
                        stream,
                        names.getOrDefault(stream, ""),
                        window,
                        run.job(),
                        run.state().toLowerCase(Locale.ROOT)));
            }
        }
        Instant begin = from.isAfter(clock.instant()) ? from : clock.instant();
        for (LiveStream stream : visible) {
            if (begin.isBefore(to) && entries.size() < CALENDAR_ENTRIES) {
                plans.between(stream.schedules(), begin, to).stream()
                        .map(window -> new CalendarEntry(stream.id(), stream.name(), window, null, "planned"))
                        .forEach(entries::add);
            }
        }
        entries.sort(Comparator.comparing(entry -> entry.window().start()));
        return entries;
    }

    /** One that runs is shown until it will end, if that is known. */
    private Instant end(LiveRun run) {
        Instant now = clock.instant();
        Instant until = run.until();
        return run.ended() != null ? run.ended() : until != null && until.isAfter(now) ? until : now;
    }

    public List<RecordingView> recordings(Caller caller, UUID id) {
        required(caller, Action.READ, id);
        return runs.recordings(id, RECORDINGS).stream().map(RecordingView::of).toList();
    }

    @Transactional
    public LiveStreamView create(Caller caller, LiveDraft draft) {
        requireAvailable();
        requireAuthor(caller);
        UUID account = caller.account();
        if (account == null) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "unauthenticated");
        }
        if (draft.url() == null) {
            throw ProblemException.invalidField("url", "live-url");
        }
        if (streams.count() >= MAX_STREAMS) {
            throw new ProblemException(ProblemType.CONFLICT, "live-too-many", MAX_STREAMS);
        }
        LiveAddress address = address(draft.url(), draft);
        Map<String, String> options = LiveOptions.check(address.uri().getScheme(), sent(draft));
        LiveStream stream = new LiveStream(
                UUID.randomUUID(),
                account,
                name(draft.name() == null ? address.destination().host() : draft.name()),
                address.place(),
                open(options),
                names(address, options),
                seconds(draft.maxSeconds()),
                days(draft.keepDays()),
                schedules(draft, List.of()),
                plans.next(schedules(draft, List.of())),
                1,
                clock.instant(),
                clock.instant());
        streams.insert(stream, new SealedSource(address.uri().toString(), secret(options)));
        changed(stream);
        return view(stream);
    }

    /** @param revision that the caller saw, or null for whichever there is */
    @Transactional
    public LiveStreamView edit(Caller caller, UUID id, LiveDraft draft, @Nullable Long revision) {
        LiveStream before = locked(caller, id, revision);
        requireAuthor(caller);
        SealedSource sealed = streams.open(id).orElse(null);
        if (sealed == null && draft.url() == null) {
            throw new ProblemException(ProblemType.CONFLICT, "live-key-lost");
        }
        String url = draft.url() == null ? sealed.uri() : draft.url();
        LiveAddress address =
                draft.url() == null && draft.username() == null ? LiveAddress.stored(url) : address(url, draft);
        Map<String, String> options = new TreeMap<>();
        boolean sameProtocol = before.scheme().equals(address.uri().getScheme());
        if (sameProtocol && sealed != null) {
            options.putAll(sealed.options());
        }
        options.putAll(draft.options() != null ? draft.options() : sameProtocol ? before.options() : Map.of());
        options = LiveOptions.check(address.uri().getScheme(), options);
        List<ScheduleDraft> schedules = schedules(draft, before.schedules());
        LiveStream after = new LiveStream(
                id,
                before.owner(),
                draft.name() == null ? before.name() : name(draft.name()),
                address.place(),
                open(options),
                names(address, options),
                draft.maxSeconds() == null ? before.maxSeconds() : seconds(draft.maxSeconds()),
                draft.keepDays() == null ? before.keepDays() : days(draft.keepDays()),
                schedules,
                draft.schedules() == null ? before.next() : plans.next(schedules),
                before.revision() + 1,
                before.created(),
                clock.instant());
        streams.update(after);
        streams.seal(id, new SealedSource(address.uri().toString(), secret(options)));
        changed(after);
        return view(after);
    }

    /** A recording that runs is finished and kept. */
    @Transactional
    public void delete(Caller caller, UUID id, @Nullable Long revision) {
        LiveStream stream = locked(caller, id, revision);
        runs.recording(id).ifPresent(run -> jobs.stop(run.job()));
        jobs.cancelAllAbout(id);
        runs.keepAsSaid(id);
        streams.delete(id);
        changed(stream);
    }

    /** Finds out what a source sends, and whether it answers at all. */
    @Transactional
    public CheckView check(Caller caller, UUID id) {
        LiveStream stream = locked(caller, id, null);
        requireAuthor(caller);
        return CheckView.of(types.check(stream, starter(caller)));
    }

    /** @param parameters of the job type, beside what is planned for the stream */
    @Transactional
    public RecordingView record(Caller caller, UUID id, Map<String, Object> parameters) {
        LiveStream stream = locked(caller, id, null);
        requireAuthor(caller);
        if (runs.recording(id).isPresent()) {
            throw new ProblemException(ProblemType.CONFLICT, "live-recording");
        }
        RecordingView begun = RecordingView.of(types.record(stream, starter(caller), new HashMap<>(parameters), null));
        changed(stream);
        return begun;
    }

    /** Key in storage of the last check's picture. */
    public String snapshot(Caller caller, UUID id) {
        required(caller, Action.READ, id);
        return runs.latest(List.of(id)).stream()
                .filter(run -> run.kind() == Kind.CHECK && run.snapshot() != null)
                .map(LiveRun::snapshot)
                .findFirst()
                .orElseThrow(ProblemException::notFound);
    }

    private static UUID starter(Caller caller) {
        UUID account = caller.account();
        if (account == null) {
            throw ProblemException.notFound();
        }
        return account;
    }

    private void requireAvailable() {
        if (!available()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "live-unavailable");
        }
    }

    private static void requireAuthor(Caller caller) {
        if (!Authorization.mayReachOut(caller)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "live-authors");
        }
    }

    private LiveStream required(Caller caller, Action action, UUID id) {
        requireAvailable();
        return streams.find(id)
                .filter(stream -> Authorization.may(caller, action, stream.guarded()))
                .orElseThrow(ProblemException::notFound);
    }

    private LiveStream locked(Caller caller, UUID id, @Nullable Long revision) {
        requireAvailable();
        LiveStream stream = streams.lock(id)
                .filter(found -> Authorization.may(caller, Action.EDIT, found.guarded()))
                .orElseThrow(ProblemException::notFound);
        if (revision != null && revision != stream.revision()) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "live-changed");
        }
        return stream;
    }

    /** A literal address is judged at once; what a name means only those who connect to it learn. */
    private LiveAddress address(String url, LiveDraft draft) {
        LiveAddress address = LiveAddress.parse(url, draft.username(), draft.password());
        try {
            settings.policy().checkLiteral(address.destination());
        } catch (EgressRefusedException e) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "live-not-allowed");
        }
        return address;
    }

    private static String name(String sent) {
        String name = sent.replaceAll("\\p{Cntrl}|\\p{Cf}", " ").strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw ProblemException.invalidField("name", "live-name", MAX_NAME);
        }
        return name;
    }

    private static @Nullable Long seconds(@Nullable Long sent) {
        if (sent == null || sent == 0) {
            return null;
        }
        if (sent < 0 || sent > MAX_SECONDS) {
            throw ProblemException.invalidField("maxSeconds", "live-max-seconds", MAX_SECONDS);
        }
        return sent;
    }

    private static @Nullable Integer days(@Nullable Integer sent) {
        if (sent == null || sent == -1) {
            return null;
        }
        if (sent < 0 || sent > LiveSettings.MAX_DAYS) {
            throw ProblemException.invalidField("keepDays", "live-keep-days", LiveSettings.MAX_DAYS);
        }
        return sent;
    }

    private static List<ScheduleDraft> schedules(LiveDraft draft, List<ScheduleDraft> before) {
        List<ScheduleDraft> sent = draft.schedules() == null ? before : draft.schedules();
        if (sent.size() > MAX_SCHEDULES) {
            throw ProblemException.invalidField("schedules", "live-schedule-many", MAX_SCHEDULES);
        }
        sent.forEach(ScheduleDraft::schedule);
        return sent;
    }

    private static Map<String, String> sent(LiveDraft draft) {
        return draft.options() == null ? Map.of() : draft.options();
    }

    private static Map<String, String> open(Map<String, String> options) {
        return options.entrySet().stream()
                .filter(option -> !LiveOptions.isSecret(option.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> secret(Map<String, String> options) {
        return options.entrySet().stream()
                .filter(option -> LiveOptions.isSecret(option.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> names(LiveAddress address, Map<String, String> options) {
        List<String> names = new ArrayList<>();
        if (address.hasCredentials()) {
            names.add(LiveStream.CREDENTIALS);
        }
        if (address.hasPath()) {
            names.add(LiveStream.PATH);
        }
        names.addAll(secret(options).keySet().stream().sorted().toList());
        return names;
    }

    private LiveStreamView view(LiveStream stream) {
        return views(List.of(stream)).get(0);
    }

    private List<LiveStreamView> views(List<LiveStream> found) {
        Map<UUID, CheckView> checks = new HashMap<>();
        Map<UUID, RecordingView> recordings = new HashMap<>();
        for (LiveRun run : runs.latest(found.stream().map(LiveStream::id).toList())) {
            if (run.kind() == Kind.CHECK) {
                checks.put(run.stream(), CheckView.of(run));
            } else {
                recordings.put(run.stream(), RecordingView.of(run));
            }
        }
        return found.stream()
                .map(stream -> new LiveStreamView(
                        stream.id(),
                        stream.owner(),
                        stream.name(),
                        stream.shown(),
                        stream.options(),
                        stream.secrets(),
                        stream.maxSeconds(),
                        stream.keepDays(),
                        stream.schedules(),
                        stream.next(),
                        checks.get(stream.id()),
                        recordings.get(stream.id()),
                        stream.created(),
                        stream.changed(),
                        stream.revision()))
                .toList();
    }

    private void changed(LiveStream stream) {
        hints.publish(new Hint("live-stream", stream.id().toString(), stream.revision(), stream.guarded()));
    }
}
