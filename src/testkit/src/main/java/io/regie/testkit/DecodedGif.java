package io.regie.testkit;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.NodeList;

/**
 * An animated GIF as Java's own decoder reads it, which shares no code with FFmpeg.
 *
 * @param delays of each picture in hundredths of a second
 * @param repetitions after the first time, 0 for ever, negative when the file does not say: once
 * @param pictures whole, as a viewer shows them one after the other
 */
public record DecodedGif(int width, int height, List<Integer> delays, int repetitions, List<BufferedImage> pictures) {

    private static final String IMAGE_FORMAT = "javax_imageio_gif_image_1.0";
    private static final String STREAM_FORMAT = "javax_imageio_gif_stream_1.0";

    public static DecodedGif read(Path file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            IIOMetadataNode screen = node(
                    (IIOMetadataNode) reader.getStreamMetadata().getAsTree(STREAM_FORMAT), "LogicalScreenDescriptor");
            int width = Integer.parseInt(screen.getAttribute("logicalScreenWidth"));
            int height = Integer.parseInt(screen.getAttribute("logicalScreenHeight"));
            BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
            List<Integer> delays = new ArrayList<>();
            List<BufferedImage> pictures = new ArrayList<>();
            int repetitions = -1;
            int count = reader.getNumImages(true);
            for (int i = 0; i < count; i++) {
                IIOMetadata metadata = reader.getImageMetadata(i);
                IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(IMAGE_FORMAT);
                IIOMetadataNode control = node(tree, "GraphicControlExtension");
                delays.add(Integer.parseInt(control.getAttribute("delayTime")));
                repetitions = Math.max(repetitions, repetitions(tree));
                IIOMetadataNode place = node(tree, "ImageDescriptor");
                BufferedImage part = reader.read(i);
                int left = Integer.parseInt(place.getAttribute("imageLeftPosition"));
                int top = Integer.parseInt(place.getAttribute("imageTopPosition"));
                BufferedImage before = copy(canvas);
                Graphics2D graphics = canvas.createGraphics();
                graphics.drawImage(part, left, top, null);
                pictures.add(copy(canvas));
                switch (control.getAttribute("disposalMethod")) {
                    case "restoreToBackgroundColor" -> {
                        graphics.setComposite(AlphaComposite.Clear);
                        graphics.fill(new Rectangle(left, top, part.getWidth(), part.getHeight()));
                    }
                    case "restoreToPrevious" -> canvas = before;
                    default -> {}
                }
                graphics.dispose();
            }
            return new DecodedGif(width, height, delays, repetitions, pictures);
        } finally {
            reader.dispose();
        }
    }

    /** How long it plays once, in hundredths of a second. */
    public int centiseconds() {
        return delays.stream().mapToInt(Integer::intValue).sum();
    }

    private static int repetitions(IIOMetadataNode image) {
        NodeList extensions = image.getElementsByTagName("ApplicationExtension");
        for (int i = 0; i < extensions.getLength(); i++) {
            IIOMetadataNode extension = (IIOMetadataNode) extensions.item(i);
            byte[] data = (byte[]) extension.getUserObject();
            String name = extension.getAttribute("applicationID");
            if (name.equals("NETSCAPE")) {
                return (data[1] & 0xFF) | (data[2] & 0xFF) << 8;
            }
        }
        return -1;
    }

    private static IIOMetadataNode node(IIOMetadataNode tree, String name) {
        return (IIOMetadataNode) tree.getElementsByTagName(name).item(0);
    }

    private static BufferedImage copy(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = copy.createGraphics();
        graphics.setComposite(AlphaComposite.Src);
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return copy;
    }
}
