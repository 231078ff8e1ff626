package io.regie.core.web;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The scripts and style sheets that the build made, plain and compressed, in memory: they are few and asked often. */
@ApplicationScoped
public class BuiltAssets {

    public static final String PREFIX = "/assets/";

    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8");

    /** @param version changes with the bytes */
    public record Asset(String type, String version, Buffer plain, Buffer gzipped) {}

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    BuiltAssets() {
        String list = new String(read("assets.txt"), StandardCharsets.UTF_8);
        list.lines().forEach(line -> {
            String name = line.substring(0, line.indexOf(' '));
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type != null) {
                assets.put(
                        name,
                        new Asset(
                                type,
                                line.substring(line.indexOf(' ') + 1),
                                Buffer.buffer(read(name)),
                                Buffer.buffer(read(name + ".gz"))));
            }
        });
    }

    public Optional<Asset> find(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    /** The address of an asset, different for each version of it. */
    public String url(String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("The build made no " + name);
        }
        return PREFIX + name + "?v=" + asset.version();
    }

    private static byte[] read(String name) {
        try (@Nullable InputStream bytes = BuiltAssets.class.getResourceAsStream("assets/" + name)) {
            if (bytes == null) {
                throw new IllegalStateException("The build left out " + name);
            }
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
