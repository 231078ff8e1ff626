package io.regie.core.pictures;

import io.regie.core.problem.ProblemException;
import io.regie.core.storage.MediaTypes;
import io.regie.core.storage.SendFile;
import io.regie.core.storage.ServedFile;
import io.regie.core.storage.ServedFile.Caching;
import io.regie.core.storage.Storage;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;

/** The way out for pictures: whoever calls it has asked the authorization function before. */
public final class SendPicture {

    private SendPicture() {}

    /** Answers a GET or HEAD; with "not found" where the picture was replaced meanwhile. */
    public static void send(RoutingContext request, Storage storage, Picture picture, Caching caching) {
        try {
            SendFile.send(
                    request,
                    new ServedFile(
                            storage.localFile(picture.key()),
                            picture.bytes(),
                            MediaTypes.ofName(picture.key()),
                            picture.sha256(),
                            caching,
                            null));
        } catch (NoSuchFileException e) {
            throw ProblemException.notFound();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
