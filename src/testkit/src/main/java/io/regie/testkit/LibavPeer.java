package io.regie.testkit;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOFILE;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** libav as the sender of a stream: waits for a receiver and plays a clip to it, once to each that comes. */
public final class LibavPeer implements AutoCloseable {

    private static final int TCP_PATIENCE = 200;

    private final Path clip;
    private final String format;
    private final URI uri;
    private final Map<String, String> options;
    private final double speed;
    private volatile boolean closed;

    private LibavPeer(Path clip, String format, URI uri, Map<String, String> options, double speed) {
        this.clip = clip;
        this.format = format;
        this.uri = uri;
        this.options = options;
        this.speed = speed;
        Thread thread = new Thread(this::serve, "libav-peer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A server of RTMP.
     *
     * @param path of the stream, which is often a secret
     * @param speed seconds of media in a second
     */
    public static LibavPeer rtmp(Path clip, String path, double speed) throws IOException {
        URI uri = URI.create("rtmp://127.0.0.1:" + freePort() + path);
        return new LibavPeer(clip, "flv", uri, Map.of("listen", "1"), speed);
    }

    /** A listener of SRT. */
    public static LibavPeer srt(Path clip, String passphrase, double speed) throws IOException {
        URI uri = URI.create("srt://127.0.0.1:" + freePort());
        Map<String, String> options = new HashMap<>();
        options.put("mode", "listener");
        // In microseconds: so that it can be closed.
        options.put("listen_timeout", "1000000");
        options.put("passphrase", passphrase);
        return new LibavPeer(clip, "mpegts", uri, options, speed);
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    private void serve() {
        while (!closed) {
            try {
                play(clip, format, uri.toString(), options, speed);
            } catch (IOException hungUp) {
                // As receivers may, and after a while without any.
            }
        }
    }

    /** Copies a clip into another format, at once. */
    public static void remux(Path clip, String format, Path to, Map<String, String> options) throws IOException {
        play(clip, format, to.toString(), options, 0);
    }

    private static void play(Path clip, String format, String url, Map<String, String> more, double speed)
            throws IOException {
        AVPacket packet = av_packet_alloc();
        AVFormatContext input = new AVFormatContext(null);
        AVFormatContext context = new AVFormatContext(null);
        AVIOContext io = new AVIOContext(null);
        AVDictionary options = new AVDictionary(null);
        more.forEach((key, value) -> av_dict_set(options, key, value, 0));
        try {
            check(avformat_open_input(input, "file:" + clip, null, (AVDictionary) null));
            check(avformat_find_stream_info(input, (AVDictionary) null));
            check(avformat_alloc_output_context2(context, null, format, url));
            for (int i = 0; i < input.nb_streams(); i++) {
                AVStream stream = avformat_new_stream(context, null);
                check(avcodec_parameters_copy(
                        stream.codecpar(), input.streams(i).codecpar()));
                stream.codecpar().codec_tag(0);
            }
            if ((context.oformat().flags() & AVFMT_NOFILE) == 0) {
                check(avio_open2(io, url, AVIO_FLAG_WRITE, null, options));
                context.pb(io);
            }
            context.flush_packets(1);
            check(avformat_write_header(context, options));
            send(input, context, packet, speed);
            check(av_write_trailer(context));
        } finally {
            av_dict_free(options);
            if (!io.isNull()) {
                avio_closep(io);
            }
            av_packet_free(packet);
            if (!context.isNull()) {
                context.pb(null);
                avformat_free_context(context);
            }
            if (!input.isNull()) {
                avformat_close_input(input);
            }
        }
    }

    private static void send(AVFormatContext input, AVFormatContext context, AVPacket packet, double speed)
            throws IOException {
        long began = System.nanoTime();
        while (av_read_frame(input, packet) >= 0) {
            AVStream in = input.streams(packet.stream_index());
            AVStream out = context.streams(packet.stream_index());
            double at = (double) packet.dts()
                    * in.time_base().num()
                    / in.time_base().den();
            long wait = speed > 0 ? began + Math.round(at / speed * 1e9) - System.nanoTime() : 0;
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            av_packet_rescale_ts(packet, in.time_base(), out.time_base());
            int written = av_interleaved_write_frame(context, packet);
            av_packet_unref(packet);
            check(written);
        }
    }

    private static void check(int result) throws IOException {
        if (result < 0) {
            throw new IOException("libav says " + result);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What is being played goes on until its receiver hangs up. */
    @Override
    public void close() {
        closed = true;
        if (uri.getScheme().equals("rtmp")) {
            // Its wait for somebody ends with somebody.
            try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
                caller.setSoTimeout(TCP_PATIENCE);
            } catch (IOException playing) {
                // It does not wait.
            }
        }
    }
}
