package io.regie.core.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request sent byte by byte: clients clean up what these tests are about. */
final class RawRequest {

    private RawRequest() {}

    /** @param head request line and headers, without the last empty line */
    static String send(int port, String head) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int status(int port, String head) {
        return Integer.parseInt(send(port, head).split(" ", 3)[1]);
    }
}
