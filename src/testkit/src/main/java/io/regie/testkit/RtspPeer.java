package io.regie.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * A camera that speaks RTSP over TCP, with everything that libav's own server cannot do: reports that come late or never,
 * counters that wrap, lost packets, sound that is announced and never sent, connections that stall or break.
 *
 * <p>Sends as fast as it is read unless told a pace. The times that it sends, and reports, are those of the medium, not
 * of the wall: an hour can be over in seconds.
 */
public final class RtspPeer implements AutoCloseable {

    /** How one connection is to be played. */
    public static final class Play {
        private final List<ElementaryTrack> tracks;
        private double from;
        private double until = Double.MAX_VALUE;
        private double loopSeconds;
        private double speed;
        private double reportAfter;
        private boolean reports = true;
        private long wrapAfter = -1;
        private int loseEvery;
        private boolean silentSound;
        private boolean stall;
        private double jumpAt = Double.MAX_VALUE;
        private double jumpBy;

        /** All tracks once, from the beginning, as fast as they are read. */
        public Play(List<ElementaryTrack> tracks) {
            this.tracks = tracks;
        }

        /** Repeats the clip, which lasts this long, between two times. */
        public Play loop(double clipSeconds, double from, double until) {
            this.loopSeconds = clipSeconds;
            this.from = from;
            this.until = until;
            return this;
        }

        /** Seconds of media in a second. */
        public Play speed(double speed) {
            this.speed = speed;
            return this;
        }

        /** The sound's first report comes this much later than its first packet. */
        public Play reportSoundAfter(double seconds) {
            this.reportAfter = seconds;
            return this;
        }

        public Play withoutReports() {
            this.reports = false;
            return this;
        }

        /** The counters of all tracks pass 2³² after so many seconds. */
        public Play wrapAfter(long seconds) {
            this.wrapAfter = seconds;
            return this;
        }

        public Play loseEvery(int packets) {
            this.loseEvery = packets;
            return this;
        }

        /** Announces the sound and never sends any. */
        public Play silentSound() {
            this.silentSound = true;
            return this;
        }

        /** At the end, goes on holding the connection without a word. */
        public Play thenStall() {
            this.stall = true;
            return this;
        }

        /** The camera's clock is set forward or back in the middle. */
        public Play jump(double at, double by) {
            this.jumpAt = at;
            this.jumpBy = by;
            return this;
        }
    }

    private static final long NTP_EPOCH = 3_900_000_000L;
    private static final int PACKET = 1400;

    private final ServerSocket server;
    private final IntFunction<Play> plays;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new ArrayList<>();
    private volatile boolean closed;

    private RtspPeer(IntFunction<Play> plays) throws IOException {
        this.plays = plays;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "rtsp-peer");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Plays the same for everybody. */
    public static RtspPeer of(Play play) throws IOException {
        return new RtspPeer(connection -> play);
    }

    /** @param plays by number of the connection that asks, from 0 */
    public static RtspPeer of(IntFunction<Play> plays) throws IOException {
        return new RtspPeer(plays);
    }

    public URI uri() {
        return URI.create("rtsp://camera:secret@127.0.0.1:" + server.getLocalPort() + "/live");
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connections on which something was played. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                synchronized (open) {
                    open.add(socket);
                }
                Thread talk = new Thread(() -> talk(socket), "rtsp-connection");
                talk.setDaemon(true);
                talk.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            Play play = plays.apply(connections.get());
            while (true) {
                String request = request(in);
                if (request.isEmpty()) {
                    return;
                }
                String method = request.substring(0, request.indexOf(' '));
                answer(method, request, play, out);
                if (method.equals("PLAY")) {
                    connections.incrementAndGet();
                    drain(in);
                    new Sending(play, out).run();
                    if (play.stall) {
                        waitForEnd(socket);
                    }
                    return;
                }
            }
        } catch (IOException gone) {
            // The recorder hung up, as it may.
        }
    }

    private void waitForEnd(Socket socket) {
        synchronized (open) {
            while (!closed && !socket.isClosed()) {
                try {
                    open.wait(100);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    /** Reports of the receiver and requests to keep the connection alive are nobody's business here. */
    private static void drain(InputStream in) {
        Thread thread = new Thread(
                () -> {
                    try {
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException gone) {
                        // So is the reason to read.
                    }
                },
                "rtsp-drain");
        thread.setDaemon(true);
        thread.start();
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private void answer(String method, String request, Play play, OutputStream out) throws IOException {
        StringBuilder answer = new StringBuilder("RTSP/1.0 200 OK\r\nCSeq: ")
                .append(header(request, "CSeq"))
                .append("\r\n");
        String body = "";
        switch (method) {
            case "OPTIONS" -> answer.append("Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n");
            case "DESCRIBE" -> {
                body = sdp(play.tracks);
                answer.append("Content-Type: application/sdp\r\nContent-Base: ")
                        .append("rtsp://127.0.0.1:" + server.getLocalPort() + "/live/\r\n")
                        .append("Content-Length: " + body.length() + "\r\n");
            }
            case "SETUP" ->
                answer.append("Transport: ")
                        .append(header(request, "Transport"))
                        .append("\r\nSession: 1\r\n");
            default -> answer.append("Session: 1\r\n");
        }
        out.write((answer + "\r\n" + body).getBytes(US_ASCII));
        out.flush();
    }

    private static String header(String request, String name) {
        return request.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String sdp(List<ElementaryTrack> tracks) {
        StringBuilder sdp = new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Live\r\nt=0 0\r\n");
        for (int i = 0; i < tracks.size(); i++) {
            ElementaryTrack track = tracks.get(i);
            int type = track.codec() == ElementaryTrack.Codec.ALAW ? 8 : 96 + i;
            sdp.append("m=" + (track.channels() == 0 ? "video" : "audio") + " 0 RTP/AVP " + type + "\r\n");
            switch (track.codec()) {
                case H264 ->
                    sdp.append("a=rtpmap:" + type + " H264/90000\r\na=fmtp:" + type
                            + " packetization-mode=1;sprop-parameter-sets=" + parameterSets(track.setup()) + "\r\n");
                case AAC ->
                    sdp.append("a=rtpmap:" + type + " mpeg4-generic/" + track.clock() + "/" + track.channels()
                            + "\r\na=fmtp:" + type
                            + " streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config="
                            + HexFormat.of().formatHex(track.setup()) + "\r\n");
                case ALAW -> sdp.append("a=rtpmap:8 PCMA/" + track.clock() + "/1\r\n");
            }
            sdp.append("a=control:track" + i + "\r\n");
        }
        return sdp.toString();
    }

    /** Out of an avcC box. */
    private static String parameterSets(byte[] setup) {
        ByteBuffer box = ByteBuffer.wrap(setup, 5, setup.length - 5);
        List<String> sets = new ArrayList<>();
        for (int kind = 0; kind < 2; kind++) {
            int count = box.get() & 0x1f;
            for (int i = 0; i < count; i++) {
                byte[] set = new byte[box.getShort() & 0xffff];
                box.get(set);
                sets.add(Base64.getEncoder().encodeToString(set));
            }
        }
        return String.join(",", sets);
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            synchronized (open) {
                open.notifyAll();
                for (Socket socket : open) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            // It is the end in any case.
        }
    }

    /** One connection's packets. */
    private final class Sending {
        private final Play play;
        private final DataOutputStream out;
        private final int[] sequence;
        private final long[] base;
        private final double[] reportAt;
        private int sent;

        Sending(Play play, OutputStream out) {
            this.play = play;
            this.out = new DataOutputStream(out);
            int count = play.tracks.size();
            this.sequence = new int[count];
            this.base = new long[count];
            this.reportAt = new double[count];
            Arrays.fill(reportAt, Double.NaN);
            for (int i = 0; i < count; i++) {
                // Each track counts from a number of its own.
                base[i] = play.wrapAfter < 0
                        ? 1_000_000L * (i + 3)
                        : (1L << 32)
                                - (Math.round(play.from) + play.wrapAfter)
                                        * play.tracks.get(i).clock();
            }
        }

        void run() throws IOException {
            int count = play.tracks.size();
            int[] next = new int[count];
            long[] round = new long[count];
            for (int i = 0; i < count; i++) {
                round[i] = play.loopSeconds > 0 ? (long) (play.from / play.loopSeconds) : 0;
            }
            long began = System.nanoTime();
            while (!closed) {
                int first = -1;
                double time = Double.MAX_VALUE;
                for (int i = 0; i < count; i++) {
                    ElementaryTrack track = play.tracks.get(i);
                    if (next[i] == track.units().size() && play.loopSeconds > 0) {
                        next[i] = 0;
                        round[i]++;
                    }
                    if (next[i] < track.units().size()) {
                        double at = (double) track.units().get(next[i]).decoded() / track.clock()
                                + round[i] * play.loopSeconds;
                        if (at < time) {
                            time = at;
                            first = i;
                        }
                    }
                }
                if (first < 0 || time >= play.until) {
                    break;
                }
                ElementaryTrack track = play.tracks.get(first);
                ElementaryTrack.Unit unit = track.units().get(next[first]++);
                if (play.silentSound && track.channels() > 0) {
                    continue;
                }
                pause(time - play.from, began);
                double jump = time >= play.jumpAt ? play.jumpBy : 0;
                long shown = unit.shown() + Math.round((round[first] * play.loopSeconds + jump) * track.clock());
                report(first, shown, time);
                send(first, unit, shown);
            }
            out.flush();
        }

        private void pause(double media, long began) throws IOException {
            if (play.speed > 0) {
                long due = began + Math.round(media / play.speed * 1e9);
                long wait = due - System.nanoTime();
                if (wait > 1_000_000) {
                    out.flush();
                    LockSupport.parkNanos(wait);
                }
            }
        }

        /** Each five seconds of media, and once at the start. */
        private void report(int index, long shown, double time) throws IOException {
            if (!play.reports) {
                return;
            }
            ElementaryTrack track = play.tracks.get(index);
            if (Double.isNaN(reportAt[index])) {
                reportAt[index] = time + (track.channels() > 0 ? play.reportAfter : 0);
            }
            if (time < reportAt[index]) {
                return;
            }
            reportAt[index] = time + 5;
            double seconds = (double) shown / track.clock() + 1000;
            ByteBuffer report = ByteBuffer.allocate(28);
            report.put((byte) 0x80).put((byte) 200).putShort((short) 6).putInt(index + 1);
            report.putInt((int) (NTP_EPOCH + (long) Math.floor(seconds)));
            report.putInt((int) (long) ((seconds - Math.floor(seconds)) * 4294967296.0));
            report.putInt((int) (base[index] + shown)).putInt(sent).putInt(0);
            interleave(index * 2 + 1, report.array());
        }

        private void send(int index, ElementaryTrack.Unit unit, long shown) throws IOException {
            int stamp = (int) (base[index] + shown);
            switch (play.tracks.get(index).codec()) {
                case H264 -> sendPicture(index, unit.bytes(), stamp);
                case AAC -> {
                    ByteBuffer payload = ByteBuffer.allocate(unit.bytes().length + 4);
                    payload.putShort((short) 16)
                            .putShort((short) (unit.bytes().length << 3))
                            .put(unit.bytes());
                    packet(index, stamp, true, payload.array());
                }
                case ALAW -> packet(index, stamp, true, unit.bytes());
            }
        }

        private void sendPicture(int index, byte[] unit, int stamp) throws IOException {
            ByteBuffer units = ByteBuffer.wrap(unit);
            while (units.remaining() > 4) {
                byte[] piece = new byte[units.getInt()];
                units.get(piece);
                boolean last = units.remaining() <= 4;
                if (piece.length <= PACKET) {
                    packet(index, stamp, last, piece);
                    continue;
                }
                for (int at = 1; at < piece.length; at += PACKET) {
                    int length = Math.min(PACKET, piece.length - at);
                    boolean end = at + length == piece.length;
                    byte[] fragment = new byte[length + 2];
                    fragment[0] = (byte) (piece[0] & 0xe0 | 28);
                    fragment[1] = (byte) (piece[0] & 0x1f | (at == 1 ? 0x80 : 0) | (end ? 0x40 : 0));
                    System.arraycopy(piece, at, fragment, 2, length);
                    packet(index, stamp, last && end, fragment);
                }
            }
        }

        private void packet(int index, int stamp, boolean marker, byte[] payload) throws IOException {
            int number = sequence[index]++;
            sent++;
            if (play.loseEvery > 0 && sent % play.loseEvery == 0) {
                return;
            }
            int type = play.tracks.get(index).codec() == ElementaryTrack.Codec.ALAW ? 8 : 96 + index;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 12);
            DataOutputStream header = new DataOutputStream(bytes);
            header.writeByte(0x80);
            header.writeByte(type | (marker ? 0x80 : 0));
            header.writeShort(number);
            header.writeInt(stamp);
            header.writeInt(index + 1);
            header.write(payload);
            interleave(index * 2, bytes.toByteArray());
        }

        private void interleave(int channel, byte[] bytes) throws IOException {
            out.writeByte('$');
            out.writeByte(channel);
            out.writeShort(bytes.length);
            out.write(bytes);
        }
    }
}
