package io.regie.testkit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A file and a server that notice when they are touched. The file is a pipe: opening it for writing only succeeds once
 * somebody opened it for reading, which is just what is to be noticed.
 */
public final class Canary implements AutoCloseable {

    private final Path file;
    private final ServerSocket server;
    private final List<String> touches = new CopyOnWriteArrayList<>();
    private final Thread fileWatch;
    private final Thread serverWatch;
    private volatile boolean closing;

    /** @param file where to put the pipe */
    public Canary(Path file) throws IOException, InterruptedException {
        this.file = file;
        if (new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor() != 0) {
            throw new IOException("No pipe at " + file);
        }
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.fileWatch = new Thread(this::watchFile, "canary file");
        this.serverWatch = new Thread(this::watchServer, "canary server");
        fileWatch.setDaemon(true);
        serverWatch.setDaemon(true);
        fileWatch.start();
        serverWatch.start();
    }

    public Path file() {
        return file;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What was touched so far. */
    public List<String> touches() {
        return List.copyOf(touches);
    }

    private void watchFile() {
        while (!closing) {
            try (FileOutputStream opened = new FileOutputStream(file.toFile())) {
                if (!closing) {
                    touches.add("opened " + file.getFileName());
                }
            } catch (IOException e) {
                touches.add("broken: " + e);
                return;
            }
        }
    }

    private void watchServer() {
        while (!closing) {
            try (Socket opened = server.accept()) {
                touches.add("called from port " + opened.getPort());
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closing = true;
        server.close();
        // Lets a waiting writer go, and does not wait for one itself as opening for reading alone would.
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "rw")) {
            fileWatch.join(2000);
        }
        serverWatch.join(2000);
    }
}
