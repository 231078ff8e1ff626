package io.regie.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request with a whole film in it. */
class LargeUploadTest {

    private static final long LENGTH = 3L << 30;
    private static final System.Logger LOG = System.getLogger(LargeUploadTest.class.getName());

    @TempDir
    Path directory;

    private TusServer server;

    @BeforeEach
    void start() {
        server = TusServer.start(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesThreeGigabytesInOneRequestWithFlatMemory() throws Exception {
        String location = server.create(LENGTH);
        byte[] block = TusConformanceTest.png(1 << 20);
        long before = live();
        long most = 0;
        long start = System.nanoTime();
        String answer;
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PATCH " + location + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\n"
                            + "Authorization: Bearer " + server.alice
                            + "\r\nContent-Type: application/offset+octet-stream\r\n"
                            + "Upload-Offset: 0\r\nContent-Length: " + LENGTH + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (long sent = 0; sent < LENGTH; sent += block.length) {
                out.write(block);
                if (sent % (LENGTH / 8) == 0) {
                    most = Math.max(most, live() - before);
                }
            }
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            answer = head.toString();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        LOG.log(
                System.Logger.Level.INFO,
                "3 GiB in one PATCH: {0} MB/s, at most {1} MiB more live heap",
                Math.round(LENGTH / 1e6 / seconds),
                most >> 20);
        assertThat(answer).startsWith("HTTP/1.1 204 ").contains("Upload-Offset: " + LENGTH, "Regie-Article: ");
        assertThat(server.media
                        .articles
                        .values()
                        .iterator()
                        .next()
                        .upload()
                        .file()
                        .bytes())
                .isEqualTo(LENGTH);
        assertThat(most).isLessThan(64 << 20);
    }

    /** What survives a collection: garbage does not count. */
    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
