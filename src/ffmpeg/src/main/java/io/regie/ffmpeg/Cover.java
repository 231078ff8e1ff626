package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** The picture that sound files carry in themselves. */
public final class Cover {

    private Cover() {}

    /**
     * Writes the embedded cover as a JPEG, under the same rules as any picture: it came from outside, too.
     *
     * @param maxSide of the result; never enlarged
     * @return its size, or empty when there is no cover or it cannot be read: sound is playable without
     */
    public static Optional<Picture.Written> write(MediaInput input, Path jpg, int maxSide) throws IOException {
        for (int i = 0; i < input.streamCount(); i++) {
            AVStream stream = input.stream(i);
            AVPacket picture = stream.attached_pic();
            if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0 && picture.size() > 0) {
                Path embedded = jpg.resolveSibling(jpg.getFileName() + ".embedded");
                try {
                    copy(picture, embedded);
                    return Optional.of(Picture.write(embedded, jpg, Picture.Format.JPEG, maxSide, maxSide));
                } catch (RefusedMediaException unusable) {
                    return Optional.empty();
                } finally {
                    Files.deleteIfExists(embedded);
                }
            }
        }
        return Optional.empty();
    }

    private static void copy(AVPacket picture, Path file) throws IOException {
        ByteBuffer bytes = picture.data().capacity(picture.size()).asByteBuffer();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }
}
