package io.regie.ffmpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an image file says about itself, read without decoding it: a picture's promised size decides whether any decoder
 * gets to see it.
 *
 * @param orientation EXIF's 1 to 8: how the stored picture is to be turned and mirrored; 1 is upright
 * @param animated whether it is a kind of animation that no decoder of ours can read
 */
record ImageHeader(int width, int height, int orientation, boolean animated) {

    private static final int UPRIGHT = 1;
    private static final int MAX_EXIF = 256 * 1024;
    private static final int ORIENTATION_TAG = 0x0112;

    /** Blocks of metadata looked through at most: a header does not take longer, an attack might. */
    private static final int MAX_BLOCKS = 2000;

    /** Empty when the header is broken, or says nothing about the size as AVIF's outermost boxes. */
    static Optional<ImageHeader> read(Path file, Signature signature) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            return switch (signature) {
                case PNG -> Optional.of(png(in));
                case JPEG -> jpeg(in);
                case GIF -> Optional.of(gif(in));
                case WEBP -> webp(in);
                case BMP -> Optional.of(bmp(in));
                case TIFF -> tiff(in);
                default -> Optional.empty();
            };
        } catch (EOFException | IndexOutOfBoundsException truncated) {
            return Optional.empty();
        }
    }

    /** Width and height as shown. */
    int displayWidth() {
        return orientation >= 5 ? height : width;
    }

    int displayHeight() {
        return orientation >= 5 ? width : height;
    }

    /** Clockwise degrees to turn the stored picture, apart from mirroring. */
    int rotation() {
        return switch (orientation) {
            case 3, 4 -> 180;
            case 5, 8 -> 270;
            case 6, 7 -> 90;
            default -> 0;
        };
    }

    private static ImageHeader png(RandomAccessFile in) throws IOException {
        in.seek(16);
        int width = in.readInt();
        int height = in.readInt();
        int orientation = UPRIGHT;
        long at = 8;
        for (int i = 0; i < MAX_BLOCKS && at + 8 <= in.length(); i++) {
            in.seek(at);
            long length = in.readInt() & 0xFFFFFFFFL;
            String type = ascii(in, 4);
            if (type.equals("eXIf")) {
                orientation = exif(in, length);
            }
            if (type.equals("IDAT")) {
                break;
            }
            at += 12 + length;
        }
        // An animated PNG is read as its first picture, as old browsers do.
        return new ImageHeader(width, height, orientation, false);
    }

    private static Optional<ImageHeader> jpeg(RandomAccessFile in) throws IOException {
        int orientation = UPRIGHT;
        long at = 2;
        for (int i = 0; i < MAX_BLOCKS; i++) {
            in.seek(at);
            if (in.read() != 0xFF) {
                return Optional.empty();
            }
            int marker = in.readUnsignedByte();
            if (marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }
            int length = in.readUnsignedShort();
            boolean frameHeader =
                    marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frameHeader) {
                in.readUnsignedByte();
                int height = in.readUnsignedShort();
                int width = in.readUnsignedShort();
                return Optional.of(new ImageHeader(width, height, orientation, false));
            }
            if (marker == 0xE1 && length > 8 && ascii(in, 6).equals("Exif\0\0")) {
                orientation = exif(in, length - 8);
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private static ImageHeader gif(RandomAccessFile in) throws IOException {
        in.seek(6);
        int width = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
        int height = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
        return new ImageHeader(width, height, UPRIGHT, false);
    }

    private static Optional<ImageHeader> webp(RandomAccessFile in) throws IOException {
        in.seek(12);
        byte[] start = new byte[30];
        in.readFully(start, 0, (int) Math.min(start.length, in.length() - 12));
        ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        String type = new String(start, 0, 4, ISO_8859_1);
        return switch (type) {
            case "VP8 " ->
                Optional.of(
                        new ImageHeader(header.getShort(14) & 0x3FFF, header.getShort(16) & 0x3FFF, UPRIGHT, false));
            case "VP8L" -> {
                int bits = header.getInt(9);
                yield Optional.of(new ImageHeader((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, UPRIGHT, false));
            }
            case "VP8X" -> {
                boolean animated = (start[8] & 0x02) != 0;
                int width = 1 + (header.getInt(11) >>> 8);
                int height = 1 + (header.getInt(14) >>> 8);
                yield Optional.of(new ImageHeader(width, height, webpOrientation(in), animated));
            }
            default -> Optional.empty();
        };
    }

    private static int webpOrientation(RandomAccessFile in) throws IOException {
        long at = 12;
        for (int i = 0; i < MAX_BLOCKS && at + 8 <= in.length(); i++) {
            in.seek(at);
            String type = ascii(in, 4);
            long length = Integer.reverseBytes(in.readInt()) & 0xFFFFFFFFL;
            if (type.equals("EXIF")) {
                return exif(in, length);
            }
            at += 8 + length + (length & 1);
        }
        return UPRIGHT;
    }

    private static ImageHeader bmp(RandomAccessFile in) throws IOException {
        in.seek(14);
        byte[] fields = new byte[12];
        in.readFully(fields);
        ByteBuffer header = ByteBuffer.wrap(fields).order(ByteOrder.LITTLE_ENDIAN);
        boolean old = header.getInt(0) == 12;
        int width = old ? header.getShort(4) & 0xFFFF : header.getInt(4);
        // A negative height says that rows come from the top.
        int height = old ? header.getShort(6) & 0xFFFF : Math.abs(header.getInt(8));
        return new ImageHeader(width, height, UPRIGHT, false);
    }

    private static Optional<ImageHeader> tiff(RandomAccessFile in) throws IOException {
        in.seek(0);
        byte[] start = new byte[8];
        in.readFully(start);
        ByteOrder order = start[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        long directory = ByteBuffer.wrap(start).order(order).getInt(4) & 0xFFFFFFFFL;
        in.seek(directory);
        byte[] count = new byte[2];
        in.readFully(count);
        int entries = ByteBuffer.wrap(count).order(order).getShort() & 0xFFFF;
        byte[] content = new byte[entries * 12];
        in.readFully(content);
        ByteBuffer tags = ByteBuffer.wrap(content).order(order);
        int width = number(tags, 0x0100, 0);
        int height = number(tags, 0x0101, 0);
        return width == 0 || height == 0
                ? Optional.empty()
                : Optional.of(new ImageHeader(width, height, orientation(tags), false));
    }

    /** The orientation in a TIFF structure at the current place. */
    private static int exif(RandomAccessFile in, long length) throws IOException {
        byte[] block = new byte[(int) Math.min(length, MAX_EXIF)];
        in.readFully(block);
        // WebP files are found with JPEG's prefix in front of the structure.
        int skip = new String(block, 0, Math.min(6, block.length), ISO_8859_1).equals("Exif\0\0") ? 6 : 0;
        ByteBuffer exif = ByteBuffer.wrap(block, skip, block.length - skip).slice();
        if (exif.limit() < 14) {
            return UPRIGHT;
        }
        exif.order(exif.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = exif.getInt(4);
        if (directory < 8 || directory > exif.limit() - 2) {
            return UPRIGHT;
        }
        int entries = exif.getShort(directory) & 0xFFFF;
        int end = Math.min(exif.limit(), directory + 2 + entries * 12);
        ByteBuffer tags = exif.slice(directory + 2, end - directory - 2).order(exif.order());
        return orientation(tags);
    }

    private static int orientation(ByteBuffer tags) {
        int orientation = number(tags, ORIENTATION_TAG, UPRIGHT);
        return orientation >= 1 && orientation <= 8 ? orientation : UPRIGHT;
    }

    private static int number(ByteBuffer tags, int tag, int fallback) {
        for (int at = 0; at + 12 <= tags.limit(); at += 12) {
            if ((tags.getShort(at) & 0xFFFF) == tag) {
                boolean isShort = tags.getShort(at + 2) == 3;
                return isShort ? tags.getShort(at + 8) & 0xFFFF : tags.getInt(at + 8);
            }
        }
        return fallback;
    }

    private static String ascii(RandomAccessFile in, int length) throws IOException {
        byte[] text = new byte[length];
        in.readFully(text);
        return new String(text, ISO_8859_1);
    }
}
