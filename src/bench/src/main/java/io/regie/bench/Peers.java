package io.regie.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Other projects' own command lines for a 1080p clip, as they build them. */
final class Peers {

    private static final Map<Integer, Double> BITS_PER_PIXEL = new LinkedHashMap<>();

    static {
        // In the order in which PeerTube runs them.
        BITS_PER_PIXEL.put(1080, 0.10);
        BITS_PER_PIXEL.put(480, 0.12);
        BITS_PER_PIXEL.put(360, 0.15);
        BITS_PER_PIXEL.put(720, 0.11);
        BITS_PER_PIXEL.put(240, 0.17);
        BITS_PER_PIXEL.put(144, 0.19);
    }

    private final String ffmpeg;
    private final Clip clip;
    private final Path folder;

    Peers(Path ffmpeg, Clip clip, Path folder) {
        this.ffmpeg = ffmpeg.toString();
        this.clip = clip;
        this.folder = folder;
    }

    /** @param threads {@code 1} is PeerTube's default, {@code 0} the administrator's choice of all */
    Contestant peerTube(int threads) {
        Path out = folder.resolve("peertube-" + threads);
        String optimized = out.resolve("optimized.mp4").toString();
        String limit = threads == 0 ? "" : " -threads " + threads;
        List<List<String>> commands = new ArrayList<>();
        commands.add(split(
                "%s -y -acodec copy -vcodec copy%s -f mp4 -map_metadata -1 -movflags faststart"
                        .formatted(read(clip.file()), limit),
                optimized));
        Map<Integer, Path> rungs = new LinkedHashMap<>();
        BITS_PER_PIXEL.forEach((height, bits) -> {
            long rate = cap(height, bits);
            Path file = out.resolve(height + "-fragmented.mp4");
            rungs.put(height, file);
            commands.add(split(
                    ("%s -y -acodec aac -vcodec libx264%s -f mp4 -movflags faststart -max_muxing_queue_size 1024"
                                    + " -map_metadata -1 -pix_fmt yuv420p -channel_layout stereo -vf scale=w=-2:h=%d"
                                    + " -preset veryfast -maxrate:v %d -bufsize:v %d -b_strategy 1 -bf 16 -r %s -g:v %d"
                                    + " -hls_time 4 -hls_list_size 0 -hls_playlist_type vod -hls_segment_filename %s"
                                    + " -hls_segment_type fmp4 -f hls -hls_flags single_file")
                            .formatted(read(Path.of(optimized)), limit, height, rate, rate * 2, rate(), group(), file),
                    out.resolve(height + ".m3u8").toString()));
        });
        commands.add(split(
                "%s -ss %s -i %s -y -filter:v thumbnail=50 -frames:v 1 -q:v 5"
                        .formatted(start(), clip.seconds() / 2, clip.file()),
                out.resolve("thumb.jpg").toString()));
        List<String> storyboard = new ArrayList<>(split(read(clip.file()) + " -y -filter_complex", ""));
        storyboard.set(
                storyboard.size() - 1,
                "setpts='N/FRAME_RATE/TB',select='isnan(prev_selected_t)+gte(t-prev_selected_t,1)',"
                        + "scale=192:108,tile=layout=10x6");
        storyboard.addAll(
                split("-frames:v 1 -q:v 2", out.resolve("storyboard.jpg").toString()));
        commands.add(storyboard);
        String name = threads == 0 ? "PeerTube, threads auto" : "PeerTube";
        return new Contestant(name, out, commands, false, rungs);
    }

    Contestant mediaCms() {
        Path out = folder.resolve("mediacms");
        List<List<String>> commands = new ArrayList<>();
        Map<Integer, Path> rungs = new LinkedHashMap<>();
        int[][] profiles = {
            {144, 256, 225}, {240, 427, 450}, {360, 640, 750}, {480, 853, 1500}, {720, 1280, 3750}, {1080, 1920, 6750}
        };
        for (int[] profile : profiles) {
            Path file = out.resolve(profile[0] + ".mp4");
            rungs.put(profile[0], file);
            List<String> command =
                    new ArrayList<>(split(start() + " -y -i", clip.file().toString()));
            command.addAll(List.of(
                    "-c:v",
                    "libx264",
                    "-filter:v",
                    ("scale=if(lt(iw\\,ih)\\,%1$d\\,%2$d):if(lt(iw\\,ih)\\,%2$d\\,%1$d)"
                                    + ":force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos,fps=fps=%3$s")
                            .formatted(profile[0], profile[1], rate())));
            command.addAll(split(
                    ("-pix_fmt yuv420p -crf 23 -c:a aac -b:a 128k -ac 2 -maxrate %dk -bufsize %dk"
                                    + " -force_key_frames expr:gte(t,n_forced*4)"
                                    + " -x264-params keyint=240:keyint_min=120 -preset medium -profile:v main"
                                    + " -level 4.2 -strict -2")
                            .formatted(profile[2], profile[2]),
                    file.toString()));
            commands.add(command);
        }
        return new Contestant("MediaCMS", out, commands, true, rungs);
    }

    Contestant opencast() {
        Path out = folder.resolve("opencast");
        Map<Integer, Path> rungs = new LinkedHashMap<>();
        List<String> command =
                new ArrayList<>(split(start() + " -nostats -y -i", clip.file().toString()));
        Object[][] profiles = {
            {480, 854, "800k", "1600k", "64k"},
            {720, 1280, "1200k", "2400k", "96k"},
            {1080, 1920, "4000k", "8000k", "96k"}
        };
        for (Object[] profile : profiles) {
            Path file = out.resolve(profile[0] + ".mp4");
            rungs.put((Integer) profile[0], file);
            command.addAll(split(
                    ("-filter:v scale=%1$s:%1$s:force_original_aspect_ratio=decrease:force_divisible_by=2,fps=%5$s"
                                    + " -pix_fmt yuv420p -c:v libx264 -profile:v high -level 4.0 -crf 22"
                                    + " -force_key_frames expr:gte(t,n_forced*4) -maxrate %2$s -bufsize %3$s"
                                    + " -c:a aac -b:a %4$s -ac 2 -movflags faststart")
                            .formatted(profile[1], profile[2], profile[3], profile[4], rate()),
                    file.toString()));
        }
        return new Contestant("Opencast", out, List.of(command), false, rungs);
    }

    /** What a careful person would type: one decode, PeerTube's settings, sound once, no stills. */
    Contestant oneCommand() {
        Path out = folder.resolve("one-command");
        Map<Integer, Path> rungs = new LinkedHashMap<>();
        List<String> command = new ArrayList<>(split(read(clip.file()) + " -y -filter_complex", ""));
        StringBuilder graph = new StringBuilder("[0:v]split=6");
        BITS_PER_PIXEL
                .keySet()
                .forEach(height -> graph.append("[i").append(height).append(']'));
        BITS_PER_PIXEL.keySet().forEach(height -> graph.append(";[i%1$d]scale=w=-2:h=%1$d[o%1$d]".formatted(height)));
        command.set(command.size() - 1, graph.toString());
        BITS_PER_PIXEL.forEach((height, bits) -> {
            Path file = out.resolve(height + "-fragmented.mp4");
            rungs.put(height, file);
            long rate = cap(height, bits);
            command.addAll(split(
                    ("-map [o%d] -c:v libx264 -preset veryfast -maxrate:v %d -bufsize:v %d -b_strategy 1 -bf 16 -r %s"
                                    + " -g:v %d -pix_fmt yuv420p -an -hls_time 4 -hls_list_size 0 -hls_playlist_type vod"
                                    + " -hls_segment_filename %s -hls_segment_type fmp4 -f hls -hls_flags single_file")
                            .formatted(height, rate, rate * 2, rate(), group(), file),
                    out.resolve(height + ".m3u8").toString()));
        });
        command.addAll(split(
                "-map 0:a -c:a aac -vn -hls_time 4 -hls_list_size 0 -hls_playlist_type vod -hls_segment_filename "
                        + out.resolve("audio-fragmented.mp4")
                        + " -hls_segment_type fmp4 -f hls -hls_flags single_file",
                out.resolve("audio.m3u8").toString()));
        return new Contestant("One command", out, List.of(command), false, rungs);
    }

    long cap(int height, double bits) {
        return Math.round(height * (height * 16 / 9.0) * clip.frameRate() * bits);
    }

    private String start() {
        return ffmpeg + " -nostdin -v error";
    }

    private String read(Path file) {
        return start() + " -i " + file;
    }

    private String rate() {
        return Long.toString(Math.round(clip.frameRate()));
    }

    private long group() {
        return Math.round(clip.frameRate() * 2);
    }

    private static List<String> split(String command, String last) {
        List<String> parts = new ArrayList<>(List.of(command.split(" ")));
        parts.add(last);
        return parts;
    }
}
