package io.regie.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Files that were made to make a media library do something else: read another file, connect to somewhere, or spend
 * without end. None may be accepted as media, and none may cause anything but the file itself to be opened.
 */
public final class HostileFiles {

    /** Names under which each is tried: the content counts, not the name. */
    public static final List<String> NAMES = List.of(
            "a.mp4",
            "a.m3u8",
            "a.mpd",
            "a.ffconcat",
            "a.txt",
            "a.ans",
            "a.sdp",
            "a.avi",
            "a.mkv",
            "a.jpg",
            "a.srt",
            "a");

    private HostileFiles() {}

    /**
     * Texts that libav takes for playlists, scripts or pictures.
     *
     * @param canary a file that must not be opened
     * @param port of a server on this machine that must not be called
     * @return by what each is
     */
    public static Map<String, byte[]> texts(Path canary, int port) {
        Map<String, String> texts = new LinkedHashMap<>();
        String file = "file://" + canary;
        String http = "http://127.0.0.1:%d/segment.ts".formatted(port);
        texts.put("HLS of a local file", hls(file));
        texts.put("HLS of an absolute path", hls(canary.toString()));
        texts.put("HLS of a neighbour", hls(canary.getFileName().toString()));
        texts.put("HLS of a server", hls(http));
        texts.put("HLS of a text file", hls("file:///etc/passwd.txt"));
        texts.put(
                "HLS key and map",
                "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-KEY:METHOD=AES-128,URI=\"%1$s\"\n#EXT-X-MAP:URI=\"%1$s\"\n"
                                .formatted(file)
                        + "#EXTINF:9,\n" + file + "\n#EXT-X-ENDLIST\n");
        texts.put(
                "HLS multivariant",
                "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\n%s\n".formatted(http.replace(".ts", ".m3u8")));
        texts.put("concat of a neighbour", "ffconcat version 1.0\nfile %s\n".formatted(canary.getFileName()));
        texts.put("concat of an absolute path", "ffconcat version 1.0\nfile %s\n".formatted(canary));
        texts.put("DASH of a local file", dash(file));
        texts.put("DASH of a server", dash(http));
        texts.put("terminal text", "\u001b[2J\u001b[1;31mroot:x:0:0:root:/root:/bin/bash\n".repeat(40));
        texts.put(
                "SDP",
                "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video %d RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                        .formatted(port));
        texts.put("subtitles naming a file", "1\n00:00:00,000 --> 00:00:09,000\n<font face=\"%s\">x\n".formatted(file));
        texts.put("shortcut", canary + "\n");
        texts.put("protocol prefix", "concat:%s|%s\n".formatted(canary, canary));
        texts.put(
                "SVG with references",
                "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"%1$s\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"%1$s\"/>&x;</svg>"
                        .formatted(file));
        texts.put("MVG", "push graphic-context\nimage over 0,0 0,0 '%s'\npop graphic-context\n".formatted(canary));
        texts.put("EPS", "%%!PS-Adobe-3.0 EPSF-3.0\n(%s) run\n".formatted(canary));
        texts.put("ffmetadata", ";FFMETADATA1\ntitle=%s\n".formatted(canary));
        texts.put("text", "This is a letter.\n".repeat(100));

        Map<String, byte[]> files = new LinkedHashMap<>();
        texts.forEach((what, text) -> files.put(what, text.getBytes(UTF_8)));
        files.put("XBIN", concat("XBIN\u001a".getBytes(ISO_8859_1), new byte[] {80, 0, 25, 0, 16, 0}, new byte[4000]));
        files.put("zeros", new byte[10_000]);
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        files.put("noise", noise);
        return files;
    }

    private static String hls(String segment) {
        return "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n%s\n#EXT-X-ENDLIST\n"
                .formatted(segment);
    }

    private static String dash(String url) {
        return "<?xml version=\"1.0\"?>\n"
                + "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT9S\""
                + " minBufferTime=\"PT1S\" profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\"><Period>"
                + "<AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1000\" width=\"320\""
                + " height=\"180\" codecs=\"avc1.64001f\"><BaseURL>" + url + "</BaseURL>"
                + "</Representation></AdaptationSet></Period></MPD>\n";
    }

    /** An AVI whose subtitle track is a playlist naming the canary. */
    public static Path aviWithPlaylistSubtitle(Path folder, Path canary) throws IOException {
        byte[] list = hls("file://" + canary).getBytes(UTF_8);
        ByteBuffer subtitle = little(17 + list.length);
        subtitle.put("GAB2\0".getBytes(ISO_8859_1))
                .putShort((short) 2)
                .putInt(0)
                .putShort((short) 4);
        subtitle.putInt(list.length).put(list);
        byte[] streamHeader = concat("txts".getBytes(ISO_8859_1), new byte[16], int32(1), int32(25), new byte[28]);
        byte[] hdrl = list("hdrl", chunk("avih", new byte[56]), list("strl", chunk("strh", streamHeader)));
        byte[] movi = list("movi", chunk("00tx", subtitle.array()));
        byte[] body = concat("AVI ".getBytes(ISO_8859_1), hdrl, movi);
        return Files.write(folder.resolve("subtitle.avi"), chunk("RIFF", body));
    }

    /** A QuickTime film whose media is said to be in another file. */
    public static Path movWithExternalMedia(Path folder, Path canary) throws IOException {
        byte[] path = canary.toString().replace('/', ':').getBytes(UTF_8);
        ByteBuffer alias = ByteBuffer.allocate(150 + 4 + path.length + (path.length & 1) + 4);
        alias.putShort(146, (short) 1).position(150);
        alias.putShort((short) 2).putShort((short) path.length).put(path);
        alias.position(alias.limit() - 4).putShort((short) -1);
        byte[] reference = concat(int32be(12 + alias.limit()), "alis".getBytes(ISO_8859_1), new byte[4], alias.array());
        Path clip = Clips.clip().container(Container.MOV).writeIn(folder, "external");
        return rewrite(clip, "dref", box -> concat(new byte[4], int32be(1), reference));
    }

    /** An MP4 with its tracks repeated. */
    public static Path manyTracks(Path folder, int copies) throws IOException {
        Path clip = Clips.noAudio(folder);
        return rewrite(clip, "moov", moov -> {
            byte[] track = find(moov, "trak");
            byte[][] all = new byte[copies + 1][];
            all[0] = moov;
            for (int i = 1; i <= copies; i++) {
                all[i] = track;
            }
            return concat(all);
        });
    }

    /** An MP4 that claims to play for ages. */
    public static Path endless(Path folder) throws IOException {
        Path clip = Clips.noAudio(folder);
        // One tick a second, and samples that last as long as 32 bits can say.
        rewrite(clip, "mdhd", box -> with(with(box, 12, 1), 16, 0x7FFFFFFF));
        rewrite(clip, "mvhd", box -> with(with(box, 12, 1), 16, 0x7FFFFFFF));
        rewrite(clip, "elst", box -> with(box, 8, 0x7FFFFFFF));
        return rewrite(clip, "stts", box -> with(box, 12, 0x7FFFFF));
    }

    /** An MP4 of a million frames a second. */
    public static Path millionFramesPerSecond(Path folder) throws IOException {
        Path clip = Clips.noAudio(folder);
        rewrite(clip, "mdhd", box -> with(box, 12, 1_000_000));
        return rewrite(clip, "stts", box -> with(box, 12, 1));
    }

    /** An MP4 whose clock does not tick. */
    public static Path withoutClock(Path folder) throws IOException {
        Path clip = Clips.noAudio(folder);
        rewrite(clip, "mvhd", box -> with(box, 12, 0));
        return rewrite(clip, "mdhd", box -> with(box, 12, 0));
    }

    /** An MP4 whose track header and codec promise another size than its pictures have. */
    public static Path claimingSize(Path folder, int width, int height) throws IOException {
        Path clip = Clips.noAudio(folder);
        return rewrite(clip, "stsd", box -> {
            // Version, count, box header, reserved and index, then 16 bytes of predefined fields.
            byte[] changed = box.clone();
            ByteBuffer.wrap(changed).putShort(40, (short) width).putShort(42, (short) height);
            return changed;
        });
    }

    /** An MP4 turned by an angle that is no quarter turn. */
    public static Path crooked(Path folder) throws IOException {
        Path clip = Clips.noAudio(folder);
        return rewrite(clip, "tkhd", box -> {
            byte[] changed = box.clone();
            int[] matrix = {46341, 46341, 0, -46341, 46341, 0, 0, 0, 0x40000000};
            ByteBuffer.wrap(changed).position(40).slice().asIntBuffer().put(matrix);
            return changed;
        });
    }

    /** An MP4 of protected media, as shops sell it. */
    public static Path encrypted(Path folder) throws IOException {
        Path clip = Clips.noAudio(folder);
        return rewrite(clip, "stsd", box -> {
            byte[] changed = box.clone();
            System.arraycopy("encv".getBytes(ISO_8859_1), 0, changed, 12, 4);
            return changed;
        });
    }

    /**
     * A Matroska film that carries files named to be written somewhere else, and that says it goes on in another file.
     *
     * @param canary a file that must not be opened
     */
    public static Path matroskaWithAttachments(Path folder, Path canary) throws IOException {
        Path clip = Clips.clip().container(Container.MKV).writeIn(folder, "attachments");
        byte[] whole = Files.readAllBytes(clip);
        int segment = indexOf(whole, new byte[] {0x18, 0x53, (byte) 0x80, 0x67});
        int content = segment + 4 + 8;
        if (whole[segment + 4] != 1) {
            throw new IllegalStateException("The segment's size does not take eight bytes");
        }
        List<String> names = List.of(
                "../../" + canary.getFileName(),
                canary.toString(),
                "x".repeat(4096),
                "a\u0000b",
                "..",
                "a;touch b",
                "%s%n");
        byte[] files = new byte[0];
        for (String name : names) {
            for (String type : List.of("application/x-truetype-font", "text/plain", "image/jpeg")) {
                byte[] file = concat(
                        ebml(0x466E, name.getBytes(UTF_8)),
                        ebml(0x4660, type.getBytes(ISO_8859_1)),
                        ebml(0x465C, "not what its type says".getBytes(ISO_8859_1)),
                        ebml(0x46AE, new byte[] {1}));
                files = concat(files, ebml(0x61A7, file));
            }
        }
        byte[] links = concat(
                ebml(0x3EB923, new byte[16]),
                ebml(0x3E83BB, canary.toString().getBytes(UTF_8)),
                ebml(0x3CB923, new byte[16]),
                ebml(0x3C83AB, ("file://" + canary).getBytes(UTF_8)));
        byte[] inserted = concat(ebml(0x1549A966, links), ebml(0x1941A469, files));
        // Where everything is, is no longer true: what says so becomes padding.
        int seekHead = indexOf(whole, new byte[] {0x11, 0x4D, (byte) 0x9B, 0x74});
        int length = 4 + 1 + (whole[seekHead + 4] & 0x7F);
        whole[seekHead] = (byte) 0xEC;
        whole[seekHead + 1] = (byte) (0x80 | (length - 2));
        ByteBuffer size = ByteBuffer.wrap(whole).position(segment + 4).slice();
        size.putLong(0, size.getLong(0) + inserted.length);
        return Files.write(
                clip,
                concat(Arrays.copyOf(whole, content), inserted, Arrays.copyOfRange(whole, content, whole.length)));
    }

    /** A playable MP4 whose index comes after four gigabytes of nothing; takes next to no room. */
    public static Path indexFarAway(Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(Clips.clip().writeIn(folder, "far-away"));
        int moov = indexOf(whole, "moov".getBytes(ISO_8859_1)) - 4;
        Path far = folder.resolve("index-far-away.mp4");
        long hole = 4L << 30;
        try (FileChannel file = FileChannel.open(
                far, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            file.write(ByteBuffer.wrap(whole, 0, moov));
            file.write(ByteBuffer.allocate(16)
                    .putInt(1)
                    .put("free".getBytes(ISO_8859_1))
                    .putLong(hole)
                    .flip());
            file.position(moov + hole);
            file.write(ByteBuffer.wrap(whole, moov, whole.length - moov));
        }
        return far;
    }

    /**
     * The file with some of its bits turned over, as zzuf does it: between one in ten thousand and one in a hundred.
     */
    public static byte[] noisy(byte[] file, long seed) {
        Random random = new Random(seed);
        double ratio = 0.0001 * Math.pow(100, random.nextDouble());
        byte[] noisy = file.clone();
        long bits = Math.max(1, Math.round(file.length * 8L * ratio));
        for (long i = 0; i < bits; i++) {
            noisy[random.nextInt(noisy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return noisy;
    }

    /** The file with some bytes changed at random. */
    public static byte[] damaged(byte[] file, long seed, int changes) {
        byte[] damaged = file.clone();
        Random random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            // Half of them in the header, where they do most.
            int range = random.nextBoolean() ? Math.min(4096, file.length) : file.length;
            damaged[random.nextInt(range)] = (byte) random.nextInt();
        }
        return damaged;
    }

    /** Replaces the content of every box of a type; the index must be at the end of the file. */
    private static Path rewrite(Path mp4, String type, UnaryOperator<byte[]> change) throws IOException {
        return Files.write(mp4, rewritten(Files.readAllBytes(mp4), type, change));
    }

    private static byte[] rewritten(byte[] boxes, String type, UnaryOperator<byte[]> change) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(boxes);
        int at = 0;
        while (at + 8 <= boxes.length) {
            int size = in.getInt(at);
            String found = new String(boxes, at + 4, 4, ISO_8859_1);
            byte[] content = Arrays.copyOfRange(boxes, at + 8, at + size);
            if (found.equals(type)) {
                content = change.apply(content);
            } else if (List.of("moov", "trak", "edts", "mdia", "minf", "dinf", "stbl")
                    .contains(found)) {
                content = rewritten(content, type, change);
            }
            out.writeBytes(int32be(content.length + 8));
            out.writeBytes(found.getBytes(ISO_8859_1));
            out.writeBytes(content);
            at += size;
        }
        return out.toByteArray();
    }

    private static byte[] find(byte[] boxes, String type) {
        ByteBuffer in = ByteBuffer.wrap(boxes);
        int at = 0;
        while (at + 8 <= boxes.length) {
            if (new String(boxes, at + 4, 4, ISO_8859_1).equals(type)) {
                return Arrays.copyOfRange(boxes, at, at + in.getInt(at));
            }
            at += in.getInt(at);
        }
        throw new IllegalStateException("No " + type);
    }

    private static byte[] with(byte[] box, int at, int value) {
        byte[] changed = box.clone();
        ByteBuffer.wrap(changed).putInt(at, value);
        return changed;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalStateException("Not in the file");
    }

    /** An element of Matroska's, its size in four bytes. */
    private static byte[] ebml(int id, byte[] content) {
        byte[] whole = int32be(id);
        int first = 0;
        while (whole[first] == 0) {
            first++;
        }
        return concat(Arrays.copyOfRange(whole, first, 4), int32be(0x10000000 | content.length), content);
    }

    private static byte[] chunk(String type, byte[] content) {
        return concat(type.getBytes(ISO_8859_1), int32(content.length), content, new byte[content.length & 1]);
    }

    private static byte[] list(String type, byte[]... content) {
        return chunk("LIST", concat(type.getBytes(ISO_8859_1), concat(content)));
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] int32(int value) {
        return little(4).putInt(value).array();
    }

    private static byte[] int32be(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
