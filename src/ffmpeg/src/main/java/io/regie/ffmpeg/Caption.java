package io.regie.ffmpeg;

import io.regie.ffmpeg.RefusedMediaException.Reason;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;

/**
 * A line or a few of white text with a dark rim at the bottom of pictures. Drawn by Java: text of people never becomes
 * part of a filter's description.
 */
final class Caption {

    private static final int MAX_LINES = 4;
    private static final float MIN_SIZE = 8;

    private final int[] pixels;

    private Caption(BufferedImage image) {
        this.pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** @throws RefusedMediaException when this machine cannot draw text */
    static Caption of(String text, int width, int height) throws RefusedMediaException {
        System.setProperty("java.awt.headless", "true");
        try {
            return new Caption(image(text.replaceAll("\\p{Cntrl}+", " ").strip(), width, height));
        } catch (LinkageError | InternalError | NullPointerException e) {
            // Java has no other words for a system without font libraries.
            throw new RefusedMediaException(
                    Reason.NO_MEDIA, "This machine has no fonts, so that captions cannot be drawn.", e);
        }
    }

    private static BufferedImage image(String text, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            float size = Math.max(MIN_SIZE, Math.min(height / 9f, width / 16f));
            List<TextLayout> lines = lines(text, size, width, graphics.getFontRenderContext());
            while (lines.size() > MAX_LINES && size > MIN_SIZE) {
                size = Math.max(MIN_SIZE, size * 0.85f);
                lines = lines(text, size, width, graphics.getFontRenderContext());
            }
            float bottom = height - size * 0.6f;
            for (int i = lines.size() - 1; i >= 0; i--) {
                TextLayout line = lines.get(i);
                float left = (width - line.getVisibleAdvance()) / 2;
                Shape outline = line.getOutline(AffineTransform.getTranslateInstance(left, bottom - line.getDescent()));
                graphics.setColor(Color.BLACK);
                graphics.setStroke(
                        new BasicStroke(Math.max(2, size / 6), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                graphics.draw(outline);
                graphics.setColor(Color.WHITE);
                graphics.fill(outline);
                bottom -= line.getAscent() + line.getDescent() + line.getLeading();
            }
            return image;
        } finally {
            graphics.dispose();
        }
    }

    private static List<TextLayout> lines(String text, float size, int width, FontRenderContext context) {
        AttributedString styled = new AttributedString(text);
        styled.addAttribute(TextAttribute.FONT, new Font(Font.SANS_SERIF, Font.BOLD, 1).deriveFont(size));
        LineBreakMeasurer measurer = new LineBreakMeasurer(styled.getIterator(), context);
        List<TextLayout> lines = new ArrayList<>();
        while (measurer.getPosition() < text.length()) {
            lines.add(measurer.nextLayout(Math.max(size, width * 0.92f)));
        }
        return lines;
    }

    void drawOn(Canvas canvas) {
        canvas.blend(pixels);
    }

    /** The same pictures with this on them. */
    Pictures on(Pictures pictures) {
        return new Captioned(pictures, this);
    }

    private record Captioned(Pictures pictures, Caption caption) implements Pictures {

        @Override
        public int width() {
            return pictures.width();
        }

        @Override
        public int height() {
            return pictures.height();
        }

        @Override
        public int count() {
            return pictures.count();
        }

        @Override
        public void show(Screen screen) throws RefusedMediaException, IOException {
            pictures.show((picture, centiseconds) -> {
                caption.drawOn(picture);
                screen.show(picture, centiseconds);
            });
        }

        @Override
        public void close() {
            pictures.close();
        }
    }
}
