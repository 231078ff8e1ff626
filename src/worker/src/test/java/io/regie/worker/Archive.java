package io.regie.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar to be, entry by entry. */
final class Archive {

    private static final String SERVICE = "META-INF/services/io.regie.spi.Plugin";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** The sample plugin as an author would ship it. */
    static Archive sample() {
        return new Archive()
                .provider("sample.plugin.SamplePlugin")
                .classes("sample.plugin.SamplePlugin", "sample.plugin.ActingHandler")
                .file("messages_en.properties", "sample.act.title=Act\nsample.act.behaviour=How\n")
                .file("messages_fr.properties", "sample.act.title=Agir à l’œuvre\n");
    }

    Archive provider(String... classNames) {
        return file(SERVICE, String.join("\n", classNames));
    }

    Archive classes(String... names) {
        for (String name : names) {
            String path = name.replace('.', '/') + ".class";
            try (InputStream in = Archive.class.getClassLoader().getResourceAsStream(path)) {
                entries.put(path, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    Archive file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Archive file(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path writeTo(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
