package io.regie.worker;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** How the protocol writes values: durations as decimal seconds, paths as plain strings, records as they are. */
final class Json {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(new PathWriter())
                    .addDeserializer(Path.class, new PathReader())
                    .addDeserializer(URI.class, new AddressReader()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A picture's format is written as people write it.
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            // Whole numbers among the parameters arrive as Long, as the contract says, however small they are.
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private Json() {}

    /** Jackson would write {@code file:///a%20b}. */
    private static final class PathWriter extends StdScalarSerializer<Path> {

        private static final long serialVersionUID = 1L;

        PathWriter() {
            super(Path.class);
        }

        @Override
        public void serialize(Path path, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(path.toString());
        }
    }

    /** Jackson would quote what it cannot read, and an address may hold a password. */
    private static final class AddressReader extends StdScalarDeserializer<URI> {

        private static final long serialVersionUID = 1L;

        AddressReader() {
            super(URI.class);
        }

        @Override
        public URI deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return new URI(json.getText());
            } catch (URISyntaxException e) {
                throw JsonMappingException.from(context, "Not an address");
            }
        }
    }

    /** Jackson would take {@code http://host/} for a path of some file system provider. */
    private static final class PathReader extends StdScalarDeserializer<Path> {

        private static final long serialVersionUID = 1L;

        PathReader() {
            super(Path.class);
        }

        @Override
        public Path deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Path.of(json.getText());
        }
    }
}
