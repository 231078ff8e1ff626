package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_get_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_send_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/** Writes H.264 with start codes, as cameras send it, whatever container it comes from: so that sources can be compared. */
final class StartCodes implements AutoCloseable {

    private final AVCodecParameters parameters;
    private final @Nullable AVBSFContext filter;

    /** @param parameters of H.264; must outlive this */
    StartCodes(AVCodecParameters parameters) throws FFmpegException {
        boolean lengths = parameters.extradata_size() > 0
                && parameters.extradata() != null
                && parameters.extradata().get(0) == 1;
        if (!lengths) {
            this.parameters = parameters;
            this.filter = null;
            return;
        }
        AVBSFContext context = new AVBSFContext(null);
        check(av_bsf_alloc(av_bsf_get_by_name("h264_mp4toannexb"), context), "prepare the H.264 filter");
        this.filter = context;
        try {
            check(avcodec_parameters_copy(context.par_in(), parameters), "copy codec parameters");
            check(av_bsf_init(context), "prepare the H.264 filter");
        } catch (FFmpegException e) {
            close();
            throw e;
        }
        this.parameters = context.par_out();
    }

    AVCodecParameters parameters() {
        return parameters;
    }

    void convert(AVPacket packet) throws FFmpegException {
        AVBSFContext context = filter;
        if (context != null) {
            check(av_bsf_send_packet(context, packet), "read an H.264 packet");
            check(av_bsf_receive_packet(context, packet), "read an H.264 packet");
        }
    }

    /** Whether two sets of parameters say the same, with start codes of three bytes or four. */
    static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(short3(one), short3(other));
    }

    private static byte[] short3(byte[] setup) {
        byte[] out = new byte[setup.length];
        int length = 0;
        for (int i = 0; i < setup.length; i++) {
            boolean extra = i + 3 < setup.length
                    && setup[i] == 0
                    && setup[i + 1] == 0
                    && setup[i + 2] == 0
                    && setup[i + 3] == 1;
            if (!extra) {
                out[length++] = setup[i];
            }
        }
        return Arrays.copyOf(out, length);
    }

    @Override
    public void close() {
        if (filter != null && !filter.isNull()) {
            av_bsf_free(filter);
        }
    }
}
