package io.regie.ffmpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.regie.testkit.Clips;
import io.regie.testkit.Images;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

    @TempDir
    Path folder;

    /** Where the red corner of the stored picture is to be seen. */
    @ParameterizedTest
    @CsvSource({
        "1, left, top", "2, right, top", "3, right, bottom", "4, left, bottom",
        "5, left, top", "6, right, top", "7, right, bottom", "8, left, bottom"
    })
    void appliesOrientation(int orientation, String column, String row) throws Exception {
        Path in = Images.orientedJpeg(folder.resolve("in.jpg"), 400, 300, orientation, "Spy camera");
        Path out = folder.resolve("out.jpg");

        Picture.Written written = Picture.write(in, out, Picture.Format.JPEG, 200, 200);

        BufferedImage image = ImageIO.read(out.toFile());
        assertThat(image.getWidth()).isEqualTo(written.width()).isEqualTo(orientation >= 5 ? 150 : 200);
        assertThat(image.getHeight()).isEqualTo(written.height()).isEqualTo(orientation >= 5 ? 200 : 150);
        int x = column.equals("left") ? 10 : image.getWidth() - 10;
        int y = row.equals("top") ? 10 : image.getHeight() - 10;
        assertThat(isRed(image.getRGB(x, y))).isTrue();
    }

    @Test
    void stripsMetadata() throws Exception {
        Path in = Images.orientedJpeg(folder.resolve("in.jpg"), 400, 300, 6, "Spy camera");

        Path jpeg = folder.resolve("out.jpg");
        Path webp = folder.resolve("out.webp");
        Picture.write(in, jpeg, Picture.Format.JPEG, 200, 200);
        Picture.write(in, webp, Picture.Format.WEBP, 200, 200);

        assertThat(Files.readString(in, ISO_8859_1)).contains("Spy camera");
        assertThat(Files.readString(jpeg, ISO_8859_1)).doesNotContain("Spy", "Exif", "Lavc");
        assertThat(Files.readString(webp, ISO_8859_1)).doesNotContain("Spy", "EXIF", "Lavc");
    }

    @Test
    void neverEnlarges() throws Exception {
        Path in = Images.png(folder.resolve("in.png"), 120, 80);

        Picture.Written written = Picture.write(in, folder.resolve("out.webp"), Picture.Format.WEBP, 4000, 4000);

        assertThat(written).isEqualTo(new Picture.Written(120, 80, Files.size(folder.resolve("out.webp"))));
    }

    @Test
    void keepsTransparencyAndNothingElseInPng() throws Exception {
        Path in = Images.transparentPng(folder.resolve("in.png"), 100, 100);
        Path out = folder.resolve("out.png");

        Picture.write(in, out, Picture.Format.PNG, 32, 32);

        assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo(32);
        assertThat(ImageIO.read(out.toFile()).getRGB(16, 16) >>> 24).isLessThan(255);
        assertThat(Files.readString(out, ISO_8859_1)).doesNotContain("tEXt", "iTXt", "Lavc");
    }

    @Test
    void keepsTransparencyInWebpAndLaysItOntoWhiteInJpeg() throws Exception {
        Path in = Images.transparentPng(folder.resolve("in.png"), 100, 100);
        Path webp = folder.resolve("out.webp");
        Path jpeg = folder.resolve("out.jpg");

        Picture.write(in, webp, Picture.Format.WEBP, 100, 100);
        Picture.write(in, jpeg, Picture.Format.JPEG, 100, 100);

        assertThat(Files.readString(webp, ISO_8859_1)).contains("ALPH");
        assertThat(ImageIO.read(jpeg.toFile()).getRGB(50, 50) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    }

    @Test
    void readsItsOwnWebpAndGif() throws Exception {
        Path webp = folder.resolve("a.webp");
        Picture.write(Images.png(folder.resolve("in.png"), 120, 80), webp, Picture.Format.WEBP, 100, 100);
        Path gif = Images.gif(folder.resolve("in.gif"), 120, 80);

        assertThat(Picture.write(webp, folder.resolve("b.jpg"), Picture.Format.JPEG, 60, 60)
                        .width())
                .isEqualTo(60);
        assertThat(Picture.write(gif, folder.resolve("c.jpg"), Picture.Format.JPEG, 60, 60)
                        .width())
                .isEqualTo(60);
        assertThat(isRed(ImageIO.read(folder.resolve("c.jpg").toFile()).getRGB(4, 4)))
                .isTrue();
    }

    @Test
    void refusesFromTheHeaderAloneWhatIsTooLarge() throws Exception {
        assertRefused(Images.pngOfClaimedSize(folder.resolve("a"), 65_535, 65_535), "too-many-pixels");
        assertRefused(Images.pngOfClaimedSize(folder.resolve("b"), 1, Integer.MIN_VALUE), "too-many-pixels");
        assertRefused(Images.jpegOfClaimedSize(folder.resolve("c"), 65_535, 65_535), "too-many-pixels");
        assertRefused(Images.pngOfClaimedSize(folder.resolve("d"), 0, 0), "unreadable");
    }

    @Test
    void refusesWhatIsNoImage() throws Exception {
        assertRefused(Clips.standard(folder), "type-not-allowed");
        assertRefused(Clips.notAVideo(folder), "type-not-allowed");
        assertRefused(Clips.zeroBytes(folder), "unreadable");
        assertRefused(folder.resolve("missing"), "unreadable");
    }

    /** Formats that other programs read as scripts are not even recognised. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>",
                "push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 '/etc/passwd'\npop graphic-context\n",
                "%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n",
                "%PDF-1.7\n",
                "<?xml version=\"1.0\"?><image><read filename=\"/etc/passwd\"/></image>"
            })
    void refusesScriptsNamedAsImages(String script) throws Exception {
        assertRefused(Files.writeString(folder.resolve("a.png"), script), "type-not-allowed");
    }

    @Test
    void leavesNothingBehindWhenRefused() throws Exception {
        Path in = Images.png(folder.resolve("in.png"), 200, 200);
        byte[] png = Files.readAllBytes(in);
        Files.write(in, Arrays.copyOf(png, 60));
        Path out = folder.resolve("out.webp");

        assertThatThrownBy(() -> Picture.write(in, out, Picture.Format.WEBP, 100, 100))
                .isInstanceOf(RefusedMediaException.class);
        assertThat(out).doesNotExist();
    }

    private void assertRefused(Path in, String reason) {
        RefusedMediaException refused = catchThrowableOfType(
                RefusedMediaException.class,
                () -> Picture.write(in, folder.resolve("refused.webp"), Picture.Format.WEBP, 100, 100));
        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(folder.resolve("refused.webp")).doesNotExist();
    }

    private static boolean isRed(int rgb) {
        return (rgb >> 16 & 0xFF) > 200 && (rgb >> 8 & 0xFF) < 60 && (rgb & 0xFF) < 60;
    }
}
