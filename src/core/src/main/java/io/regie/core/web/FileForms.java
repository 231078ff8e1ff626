package io.regie.core.web;

import io.regie.core.access.FileForm;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Receives a form with one file. Nothing of a file is held that is too large or comes from somebody who may not send it.
 * The form's fields are known only at its end: until its token was seen there, nothing is done with the file.
 */
final class FileForms {

    private static final String TYPE = "multipart/form-data";

    /** What the other fields and the boundaries may take up. */
    private static final int REST = 64 << 10;

    private final RoutingContext request;
    private final FileForm form;
    private final @Nullable Throwable refused;
    private final Buffer file = Buffer.buffer();
    private boolean begun;

    private FileForms(RoutingContext request, FileForm form, @Nullable Throwable refused) {
        this.request = request;
        this.form = form;
        this.refused = refused;
    }

    static void receive(RoutingContext request, FileForm form) {
        HttpServerRequest body = request.request();
        if (!multipart(request)) {
            if (Csrf.formUnchecked(request)) {
                throw Csrf.refusal();
            }
            throw new ProblemException(ProblemType.UNSUPPORTED_TYPE, "unsupported-type");
        }
        String length = body.getHeader("Content-Length");
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > form.mostBytes() + REST) {
            throw tooLarge();
        }
        body.pause();
        request.vertx()
                .executeBlocking(
                        () -> {
                            form.gate(request);
                            return true;
                        },
                        false)
                // A forged form learns nothing of what there is: the refusal waits for the token.
                .onComplete(asked -> new FileForms(request, form, asked.cause()).collect());
    }

    static boolean multipart(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        return type != null && type.regionMatches(true, 0, TYPE, 0, TYPE.length());
    }

    private void collect() {
        HttpServerRequest body = request.request();
        body.setExpectMultipart(true);
        body.exceptionHandler(broken -> {
            // Who hangs up gets no answer.
            if (!request.response().closed() && !request.failed()) {
                request.fail(
                        Csrf.formUnchecked(request)
                                ? Csrf.refusal()
                                : new ProblemException(ProblemType.BAD_REQUEST, "bad-request"));
            }
        });
        body.uploadHandler(this::receive);
        body.endHandler(whole -> {
            if (isMeant()) {
                finish();
            }
        });
        body.resume();
    }

    private void receive(HttpServerFileUpload upload) {
        boolean wanted = !begun && refused == null;
        begun = true;
        upload.handler(part -> {
            if (!wanted || request.failed()) {
                return;
            }
            if (file.length() + part.length() > form.mostBytes()) {
                request.fail(tooLarge());
                return;
            }
            file.appendBuffer(part);
        });
    }

    /** Whether the form carries the token of whoever sends it; without, it has failed. */
    private boolean isMeant() {
        if (request.failed()) {
            return false;
        }
        try {
            if (Csrf.formUnchecked(request)) {
                Csrf.checkForm(request, fields().get(Csrf.FIELD));
            }
            return true;
        } catch (ProblemException forged) {
            request.fail(forged);
            return false;
        }
    }

    /** Netty takes the carriage return behind a field for its end where a packet ends between it and its line feed. */
    private MultiMap fields() {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        request.request()
                .formAttributes()
                .forEach((name, value) ->
                        fields.add(name, value.endsWith("\r") ? value.substring(0, value.length() - 1) : value));
        return fields;
    }

    private void finish() {
        if (refused != null) {
            request.fail(refused);
            return;
        }
        request.vertx()
                .executeBlocking(() -> form.take(request, fields(), file.getBytes()), false)
                .onFailure(request::fail)
                .onSuccess(next -> request.response()
                        .setStatusCode(303)
                        .putHeader("Location", next)
                        .end());
    }

    private static ProblemException tooLarge() {
        return new ProblemException(ProblemType.TOO_LARGE, "too-large");
    }
}
