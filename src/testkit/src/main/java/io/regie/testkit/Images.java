package io.regie.testkit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Generated images: a red top left corner, a green top right, a blue bottom left, grey elsewhere. */
public final class Images {

    private Images() {}

    public static Path jpeg(Path file, int width, int height) throws IOException {
        return Files.write(file, jpegBytes(width, height));
    }

    public static Path png(Path file, int width, int height) throws IOException {
        return Files.write(file, encode(picture(width, height, BufferedImage.TYPE_INT_RGB), "png"));
    }

    /** Fully transparent but for the coloured corners. */
    public static Path transparentPng(Path file, int width, int height) throws IOException {
        return Files.write(file, encode(picture(width, height, BufferedImage.TYPE_INT_ARGB), "png"));
    }

    public static Path gif(Path file, int width, int height) throws IOException {
        return Files.write(file, encode(picture(width, height, BufferedImage.TYPE_INT_RGB), "gif"));
    }

    /**
     * A JPEG as a phone writes it: EXIF with an orientation and a camera name that must not get out.
     *
     * @param orientation EXIF's 1 to 8; 6 is a phone held upright
     */
    public static Path orientedJpeg(Path file, int width, int height, int orientation, String camera)
            throws IOException {
        return Files.write(file, withExif(jpegBytes(width, height), orientation, camera));
    }

    /** A PNG of a few bytes whose header promises any size. */
    public static Path pngOfClaimedSize(Path file, int width, int height) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(png);
        out.writeLong(0x89504E470D0A1A0AL);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, 2, 0, 0, 0});
        chunk(out, "IHDR", header.toByteArray());
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(pixels)) {
            deflate.write(new byte[4096]);
        }
        chunk(out, "IDAT", pixels.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return Files.write(file, png.toByteArray());
    }

    /** A small JPEG whose frame header promises any size up to 65535. */
    public static Path jpegOfClaimedSize(Path file, int width, int height) throws IOException {
        byte[] jpeg = jpegBytes(16, 16);
        for (int i = 0; i < jpeg.length - 9; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
                jpeg[i + 5] = (byte) (height >> 8);
                jpeg[i + 6] = (byte) height;
                jpeg[i + 7] = (byte) (width >> 8);
                jpeg[i + 8] = (byte) width;
                return Files.write(file, jpeg);
            }
        }
        throw new IllegalStateException("No baseline frame header in the JPEG");
    }

    static byte[] jpegBytes(int width, int height) {
        return encode(picture(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    private static BufferedImage picture(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        if (type == BufferedImage.TYPE_INT_RGB) {
            graphics.setColor(Color.GRAY);
            graphics.fillRect(0, 0, width, height);
        }
        int w = Math.max(1, width / 4);
        int h = Math.max(1, height / 4);
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, w, h);
        graphics.setColor(Color.GREEN);
        graphics.fillRect(width - w, 0, w, h);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, height - h, w, h);
        graphics.dispose();
        return image;
    }

    private static byte[] encode(BufferedImage image, String format) {
        // The default disk cache would need a temporary folder that the test does not own.
        ImageIO.setUseCache(false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("No writer for " + format);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] withExif(byte[] jpeg, int orientation, String camera) throws IOException {
        byte[] name = (camera + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream exif = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(exif);
        out.write("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        out.write("MM".getBytes(StandardCharsets.US_ASCII));
        out.writeShort(42);
        out.writeInt(8);
        out.writeShort(2);
        out.writeShort(0x0110);
        out.writeShort(2);
        out.writeInt(name.length);
        out.writeInt(8 + 2 + 2 * 12 + 4);
        out.writeShort(0x0112);
        out.writeShort(3);
        out.writeInt(1);
        out.writeShort(orientation);
        out.writeShort(0);
        out.writeInt(0);
        out.write(name);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream file = new DataOutputStream(whole);
        file.write(jpeg, 0, 2);
        file.writeShort(0xFFE1);
        file.writeShort(exif.size() + 2);
        file.write(exif.toByteArray());
        // EXIF takes the place of the JFIF header, as in cameras' files.
        int rest = 2;
        if (jpeg[2] == (byte) 0xFF && jpeg[3] == (byte) 0xE0) {
            rest = 4 + ((jpeg[4] & 0xFF) << 8 | jpeg[5] & 0xFF);
        }
        file.write(Arrays.copyOfRange(jpeg, rest, jpeg.length));
        return whole.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }
}
