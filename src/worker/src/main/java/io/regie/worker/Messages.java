package io.regie.worker;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** A plugin's texts: {@code messages_<language>.properties} at the root of its jar, in UTF-8. */
final class Messages {

    private static final List<String> LANGUAGES = List.of("en", "fr");
    private static final int MAX_BUNDLE_BYTES = 256 << 10;

    private Messages() {}

    static Map<String, Map<String, String>> read(PluginJar jar) throws PluginRefusedException {
        Map<String, Map<String, String>> messages = new TreeMap<>();
        for (String language : LANGUAGES) {
            String name = "messages_" + language + ".properties";
            Optional<byte[]> bundle = jar.find(name, MAX_BUNDLE_BYTES);
            if (bundle.isPresent()) {
                messages.put(language, parse(name, bundle.get()));
            }
        }
        return messages;
    }

    private static Map<String, String> parse(String name, byte[] bundle) throws PluginRefusedException {
        Properties properties = new Properties();
        try {
            // A decoder that reports: replacement characters in every label would only be noticed by readers.
            properties.load(new StringReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bundle))
                    .toString()));
        } catch (CharacterCodingException e) {
            throw new PluginRefusedException(name + " is not UTF-8.", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new PluginRefusedException(name + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }
}
