package io.regie.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the tracks of one connection on one time line and says where that line is broken. Arithmetic only; packets pass
 * through as they are.
 *
 * <p>With RTP each track has a clock of its own until the sender's reports say how they relate; libav then moves the
 * track, mostly backwards, in the middle of its packets. So the first packets are held until every track has been placed,
 * or for a few seconds at most, and are moved along. The same happens after a jump: the other tracks jump soon after.
 *
 * @param <P> a packet
 */
final class LiveTimes<P> {

    /** Where packets go, once their times are certain. */
    interface Sink<P> {
        /** @param broken whether the time line begins anew with this packet */
        void accept(int track, P packet, long pts, long dts, long duration, boolean broken) throws FFmpegException;
    }

    private static final long HOLD_NANOS = 3_000_000_000L;
    private static final long DEAD_NANOS = 5_000_000_000L;
    private static final long TOGETHER_MICROS = 1_500_000;
    private static final int MANY = 50;

    private final List<Track> tracks = new ArrayList<>();
    private final boolean reports;
    private final List<Held<P>> held = new ArrayList<>();
    private final List<First<P>> first = new ArrayList<>();
    private final Drift drift = new Drift();
    private boolean holding = true;
    private boolean begun;
    private boolean placed;
    private long holdingSince = Long.MIN_VALUE;
    private long lost;

    private static final class Track {
        private final TrackTimes times;
        private long offset;
        private boolean seen;
        private boolean reported;
        private boolean counted;
        private long last;
        private long lastMicros;
        private long lastArrival;

        Track(TrackTimes times) {
            this.times = times;
        }
    }

    private record First<P>(int track, P packet, long pts, long dts, long duration, boolean report, long arrivalNanos) {
        boolean timeless() {
            return pts == TrackTimes.NONE && dts == TrackTimes.NONE;
        }
    }

    private static final class Held<P> {
        private final int track;
        private final P packet;
        private final long duration;
        private long pts;
        private long dts;

        Held(int track, P packet, long pts, long dts, long duration) {
            this.track = track;
            this.packet = packet;
            this.pts = pts;
            this.dts = dts;
            this.duration = duration;
        }
    }

    /** @param reports whether senders' reports are to be waited for */
    LiveTimes(List<TrackTimes> tracks, boolean reports) {
        tracks.forEach(times -> this.tracks.add(new Track(times)));
        this.reports = reports && tracks.size() > 1;
    }

    /** @param report whether the sender said with this packet how this track's clock relates to the others' */
    void offer(int index, P packet, long pts, long dts, long duration, boolean report, long arrivalNanos, Sink<P> sink)
            throws FFmpegException {
        First<P> one = new First<>(index, packet, pts, dts, duration, report, arrivalNanos);
        if (!tracks.get(index).seen && (one.timeless() || first.stream().anyMatch(other -> other.track == index))) {
            offerFirst(one, sink);
        } else {
            offerTimed(one, pts, sink);
        }
    }

    /**
     * libav does not know when the very first picture is to be shown, and nothing can be decoded without it. It is shown a
     * frame before the earliest of those that follow.
     */
    private void offerFirst(First<P> one, Sink<P> sink) throws FFmpegException {
        first.add(one);
        List<First<P>> ofTrack =
                first.stream().filter(other -> other.track == one.track).toList();
        long timeless = ofTrack.stream().filter(First::timeless).count();
        TrackTimes times = tracks.get(one.track).times;
        if (ofTrack.size() - timeless <= times.reorder() && ofTrack.size() < MANY) {
            return;
        }
        first.removeAll(ofTrack);
        long earliest = ofTrack.stream()
                .mapToLong(First::pts)
                .filter(pts -> pts != TrackTimes.NONE)
                .min()
                .orElse(TrackTimes.NONE);
        long frame = one.duration > 0 ? one.duration : times.frame();
        long back = timeless;
        for (First<P> other : ofTrack) {
            boolean guess = other.timeless() && earliest != TrackTimes.NONE;
            offerTimed(other, guess ? earliest - back-- * frame : other.pts, sink);
        }
    }

    private void offerTimed(First<P> one, long pts, Sink<P> sink) throws FFmpegException {
        int index = one.track;
        long arrivalNanos = one.arrivalNanos;
        Track track = tracks.get(index);
        TrackTimes times = track.times;
        if (one.report && !track.reported && holding) {
            times.replace();
        }
        boolean jumped = times.next(pts, one.dts, one.duration, arrivalNanos);
        track.seen = true;
        track.reported |= one.report;
        track.lastArrival = arrivalNanos;
        if (holdingSince == Long.MIN_VALUE) {
            holdingSince = arrivalNanos;
        }
        if (jumped) {
            track.offset = 0;
            if (!holding) {
                holding = true;
                holdingSince = arrivalNanos;
            } else {
                move(index, times.jump());
            }
        }
        long place = times.dts() + track.offset;
        if (!jumped && track.counted) {
            lost += times.missing(place - track.last);
        }
        track.counted = true;
        track.last = place;
        track.lastMicros = micros(place, times.timeBase());
        Held<P> timed = new Held<>(index, one.packet, times.pts() + track.offset, place, times.duration());
        if (!holding) {
            drift.add(track.lastMicros, arrivalNanos);
            pass(timed, false, sink);
            return;
        }
        held.add(timed);
        boolean late = arrivalNanos - holdingSince >= HOLD_NANOS;
        if (late && begun && !together(arrivalNanos)) {
            bringTogether(index, arrivalNanos);
        }
        if (late || ready(arrivalNanos)) {
            release(sink);
        }
    }

    /** Lets go of what is held; at the end of a stream. */
    void release(Sink<P> sink) throws FFmpegException {
        placed = reports && tracks.stream().allMatch(track -> track.reported);
        boolean broken = begun;
        holding = false;
        begun = true;
        drift.restart();
        List<Held<P>> all = List.copyOf(held);
        held.clear();
        for (Held<P> one : all) {
            pass(one, broken, sink);
            broken = false;
        }
    }

    /** Whose packets are held and will not be passed on any more. */
    List<P> abandon() {
        List<P> packets = new ArrayList<>(held.stream().map(one -> one.packet).toList());
        first.forEach(one -> packets.add(one.packet));
        held.clear();
        first.clear();
        return packets;
    }

    private void pass(Held<P> one, boolean broken, Sink<P> sink) throws FFmpegException {
        sink.accept(one.track, one.packet, one.pts, one.dts, one.duration, broken);
    }

    private void move(int index, long ticks) {
        for (Held<P> one : held) {
            if (one.track == index) {
                one.pts += ticks;
                one.dts += ticks;
            }
        }
    }

    private boolean ready(long now) {
        if (begun) {
            return together(now);
        }
        return tracks.stream().allMatch(track -> reports ? track.reported : track.seen);
    }

    /** Whether all tracks that still come are at about the same time. */
    private boolean together(long now) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (Track track : tracks) {
            if (track.seen && now - track.lastArrival < DEAD_NANOS) {
                earliest = Math.min(earliest, track.lastMicros);
                latest = Math.max(latest, track.lastMicros);
            }
        }
        return latest - earliest < TOGETHER_MICROS;
    }

    /** A track that did not follow is placed by when it arrives: nobody knows better. */
    private void bringTogether(int leader, long now) {
        long reference = tracks.get(leader).lastMicros;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (i != leader && track.seen && Math.abs(track.lastMicros - reference) >= TOGETHER_MICROS) {
                long micros = reference - (now - track.lastArrival) / 1000 - track.lastMicros;
                long ticks = ticks(micros, track.times.timeBase());
                track.offset += ticks;
                track.last += ticks;
                track.lastMicros += micros;
                move(i, ticks);
            }
        }
    }

    /** Whether the tracks stand where the sender's reports put them. */
    boolean placedByReports() {
        return placed;
    }

    /** Whether a track that once came, or never did, has been missing for some seconds. */
    boolean isDead(int index, long now) {
        Track track = tracks.get(index);
        long since = track.seen ? track.lastArrival : holdingSince;
        return since != Long.MIN_VALUE && now - since >= DEAD_NANOS;
    }

    boolean wasSeen(int index) {
        return tracks.get(index).seen;
    }

    /** How many packets seem to be missing. */
    long lost() {
        return lost;
    }

    Drift drift() {
        return drift;
    }

    static long micros(long ticks, TimeBase timeBase) {
        return scale(ticks, timeBase.num() * 1_000_000L, timeBase.den());
    }

    static long ticks(long micros, TimeBase timeBase) {
        return scale(micros, timeBase.den(), timeBase.num() * 1_000_000L);
    }

    /** To the nearest, without passing the range of a long on the way. */
    private static long scale(long value, long by, long over) {
        long whole = Math.floorDiv(value, over);
        long rest = Math.floorMod(value, over);
        return whole * by + (rest * by + over / 2) / over;
    }
}
