package io.regie.testplugin;

import io.regie.spi.JobContext;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.LiveSource;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Progress;
import io.regie.spi.Trigger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a source as trustingly as a media library does, and tells what came of it. Not a secret is safe with it. */
final class LiveHandler implements JobHandler {
    private static final int MAX_HOPS = 20;

    private final JobType type;

    LiveHandler(JobType type) {
        this.type = type;
    }

    @Override
    public JobType type() {
        return type;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws Exception {
        LiveSource source = request.source();
        context.log("opening " + source.uri() + " with " + source.options());
        System.err.println("native: " + source.uri());
        if (type.trigger() == Trigger.LIVE_STREAM) {
            while (!context.stopRequested() && !context.cancelRequested()) {
                context.progress(Progress.endless(Map.of("duration", 1.5)));
                Thread.sleep(20);
            }
            return new JobResult(
                    List.of(),
                    Map.of(
                            "duration", "42.5",
                            "reason", "The longest duration was reached.",
                            "gapList", "[{\"at\":12.5,\"since\":\"2026-11-23T05:01:02Z\",\"seconds\":14.2}]"));
        }
        List<String> seen = new ArrayList<>();
        if (source.uri().getScheme().equals("rtsp")) {
            rtsp(source.uri(), context, seen);
        } else {
            http(source.uri().toString(), context, seen, 0);
        }
        Path picture = Files.write(context.workspace().resolve("snapshot.jpg"), new byte[] {1, 2, 3});
        return new JobResult(
                List.of(Output.attachment("snapshot", picture, OutputRole.POSTER, "image/jpeg", 1, 1)),
                Map.of("seen", String.join("\n", seen)));
    }

    /** Follows redirects, and what a playlist names. */
    private static void http(String address, JobContext context, List<String> seen, int hops) throws IOException {
        URI proxy = context.network().httpProxy();
        HttpURLConnection connection = (HttpURLConnection) URI.create(address)
                .toURL()
                .openConnection(new Proxy(
                        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
        connection.setInstanceFollowRedirects(false);
        connection.setReadTimeout(5000);
        int status = connection.getResponseCode();
        seen.add("http " + status);
        if (hops == MAX_HOPS) {
            return;
        }
        if (status / 100 == 3) {
            http(connection.getHeaderField("Location"), context, seen, hops + 1);
        } else if (status == 200) {
            String body = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            for (String line : body.split("\n")) {
                if (line.startsWith("http")) {
                    http(line, context, seen, hops + 1);
                } else if (line.startsWith("direct")) {
                    seen.add(directly(line.split(" ")[1], Integer.parseInt(line.split(" ")[2])));
                }
            }
        }
    }

    /** Goes where it is sent, as FFmpeg would, past everything that was offered to it. */
    private static void rtsp(URI uri, JobContext context, List<String> seen) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", context.network().localPort(uri.getHost(), uri.getPort()))) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                seen.add(line);
                if (line.startsWith("Location: ")) {
                    URI elsewhere = URI.create(line.substring("Location: ".length()));
                    seen.add(directly(elsewhere.getHost(), elsewhere.getPort()));
                }
            }
        }
    }

    private static String directly(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 1000);
            return "direct reached";
        } catch (IOException e) {
            return "direct failed";
        }
    }
}
