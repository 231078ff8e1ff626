package io.regie.core.media;

import static io.regie.core.pictures.Pictures.Format.JPEG;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.core.access.Caller;
import io.regie.core.pictures.Picture;
import io.regie.core.pictures.Pictures;
import io.regie.core.process.ProtocolJson;
import io.regie.core.storage.Storage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Posters that people choose: drawn from the video, or from an image that was sent. */
@ApplicationScoped
public class Posters {

    private static final Pictures.Size SIZE = new Pictures.Size(1920, 1920);

    private final MediaService service;
    private final Pictures pictures;
    private final Storage storage;

    Posters(MediaService service, Pictures pictures, Storage storage) {
        this.service = service;
        this.pictures = pictures;
        this.storage = storage;
    }

    /** Makes the frame that is shown at a time the poster. */
    public MediaView fromVideo(Caller caller, UUID id, double seconds, Locale locale) {
        MediaService.Footage footage = service.requireFootage(caller, id);
        Picture drawn = pictures.draw(
                folder -> {
                    ObjectNode request =
                            ProtocolJson.object().put("command", "frame").put("seconds", seconds);
                    ObjectNode input = request.putObject("input");
                    input.put("path", storage.localFile(footage.originalKey()).toString());
                    input.set("info", ProtocolJson.mapper().<JsonNode>valueToTree(footage.info()));
                    return request;
                },
                JPEG,
                SIZE);
        return adopt(caller, id, drawn, locale);
    }

    /** Makes an image the poster. */
    public MediaView fromImage(Caller caller, UUID id, byte[] image, Locale locale) {
        service.requireEditable(caller, id);
        return adopt(caller, id, pictures.draw(image, JPEG, SIZE), locale);
    }

    /** Goes back to what jobs made. */
    public MediaView forget(Caller caller, UUID id, Locale locale) {
        return service.forgetPoster(caller, id, locale);
    }

    private MediaView adopt(Caller caller, UUID id, Picture drawn, Locale locale) {
        return pictures.use(List.of(drawn), poster -> service.choosePoster(caller, id, drawn, locale));
    }
}
