package io.regie.core.pictures;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An SVG image that holds shapes and nothing else. What somebody sent is read within limits and written anew from a closed
 * set of elements and attributes. Notes that drawing programs leave are dropped; anything else outside of the set refuses
 * the whole image, because without it, it would look different, or because it means harm.
 *
 * @param text the image, written by us
 * @param width by which it is laid out, as its height
 */
public record SvgDrawing(String text, int width, int height) {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final int MAX_BYTES = 512 << 10;
    private static final int MAX_ELEMENTS = 5_000;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_SIDE = 10_000;

    /** Not {@code use}: copies of copies of copies stop a browser. */
    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "defs",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "mask");

    /** Words for people and programs: no part of the picture. */
    private static final Set<String> NOTES = Set.of("title", "desc", "metadata");

    private static final Set<String> ATTRIBUTES = Set.of(
            ("id viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height d points offset"
                            + " transform gradientTransform gradientUnits spreadMethod clipPathUnits maskUnits"
                            + " maskContentUnits pathLength textLength lengthAdjust rotate fill fill-opacity fill-rule"
                            + " stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit"
                            + " stroke-dasharray stroke-dashoffset stop-color stop-opacity opacity clip-path clip-rule"
                            + " mask mask-type color display visibility overflow vector-effect paint-order"
                            + " font-family font-size font-style font-weight letter-spacing text-anchor"
                            + " dominant-baseline shape-rendering text-rendering color-interpolation")
                    .split(" "));

    /** What says nothing to a browser that shows only this picture. */
    private static final Set<String> IDLE = Set.of(
            "version",
            "baseProfile",
            "class",
            "space",
            "role",
            "focusable",
            "enable-background",
            "lang",
            "font-variant",
            "contentScriptType",
            "contentStyleType");

    /** Numbers, colours, paths, names: whatever the attributes above need, and no way to name a foreign address. */
    private static final Pattern VALUE = Pattern.compile("[\\w\\s#.,%()+\\-'\"&;]*", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern REFERENCE = Pattern.compile("url\\(\\s*['\"]?#([\\w.-]+)['\"]?\\s*\\)");
    private static final Pattern OWN = Pattern.compile("#[\\w.-]+");
    private static final Pattern LENGTH = Pattern.compile("\\s*(\\d{1,5}(?:\\.\\d{1,9})?)(?:px)?\\s*");

    /** Whether somebody may have meant these bytes as SVG; whether they are, {@link #read} finds out. */
    public static boolean looksLike(byte[] image) {
        String head = new String(image, 0, Math.min(image.length, 1024), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return head.startsWith("<svg") || (head.startsWith("<?xml") || head.startsWith("<!")) && head.contains("svg");
    }

    /** @throws ProblemException with a sentence when it holds more than shapes */
    public static SvgDrawing read(byte[] image) {
        if (image.length > MAX_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, "picture-svg-large", MAX_BYTES >> 10);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(image))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
        // Before any parser sees it: nothing that a picture needs begins so.
        if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY") || text.contains("<![")) {
            throw refused("DOCTYPE");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text.replace("\uFEFF", "")));
            try {
                return new Writing(reader).drawing();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw broken();
        }
    }

    private static ProblemException refused(String what) {
        return new ProblemException(
                ProblemType.UNACCEPTABLE_MEDIA, "picture-svg", what.substring(0, Math.min(what.length(), 40)));
    }

    private static ProblemException broken() {
        return new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "picture-svg-broken");
    }

    private static final class Writing {

        private final XMLStreamReader reader;
        private final StringBuilder out = new StringBuilder();
        private int elements;
        private int depth;
        private int width;
        private int height;

        Writing(XMLStreamReader reader) {
            this.reader = reader;
        }

        SvgDrawing drawing() throws XMLStreamException {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start();
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        out.append("</").append(reader.getLocalName()).append('>');
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (!reader.isWhiteSpace()) {
                            escape(reader.getText());
                        }
                    }
                    case XMLStreamConstants.COMMENT, XMLStreamConstants.END_DOCUMENT -> {}
                    case XMLStreamConstants.PROCESSING_INSTRUCTION -> throw refused("<?" + reader.getPITarget());
                    default -> throw refused("DOCTYPE");
                }
            }
            if (elements == 0) {
                throw broken();
            }
            return new SvgDrawing(out.toString(), width, height);
        }

        private void start() throws XMLStreamException {
            String name = reader.getLocalName();
            if (!SVG.equals(reader.getNamespaceURI())) {
                // What a drawing program remembers for itself; elements of no namespace or of HTML's are none of these.
                if (elements > 0 && isProgram(reader.getNamespaceURI())) {
                    skip();
                    return;
                }
                throw refused(name);
            }
            if (elements > 0 && NOTES.contains(name)) {
                skip();
                return;
            }
            if (!ELEMENTS.contains(name) || elements == 0 && !name.equals("svg")) {
                throw refused(name);
            }
            if (++elements > MAX_ELEMENTS || ++depth > MAX_DEPTH) {
                throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "picture-svg-much");
            }
            Map<String, String> attributes = attributes();
            out.append('<').append(name);
            if (elements == 1) {
                out.append(" xmlns=\"").append(SVG).append('"');
                measure(attributes);
            }
            attributes.forEach((attribute, value) -> {
                out.append(' ').append(attribute).append("=\"");
                escape(value);
                out.append('"');
            });
            out.append('>');
        }

        private Map<String, String> attributes() {
            Map<String, String> kept = new LinkedHashMap<>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                String name = reader.getAttributeLocalName(i);
                String space = reader.getAttributeNamespace(i);
                String value = reader.getAttributeValue(i);
                boolean plain = space == null || space.isEmpty();
                if (name.equals("href") && (plain || XLINK.equals(space))) {
                    if (!OWN.matcher(value).matches()) {
                        throw refused("href");
                    }
                    kept.put("href", value);
                } else if (plain && name.equals("style")) {
                    kept.putAll(style(value));
                } else if (plain && ATTRIBUTES.contains(name)) {
                    kept.put(name, checked(name, value));
                } else if (plain && !IDLE.contains(name) && !name.startsWith("data-") && !name.startsWith("aria-")) {
                    throw refused(name);
                }
            }
            return kept;
        }

        /** Declarations that could as well be attributes become some; others belong to programs or mean harm. */
        private static Map<String, String> style(String style) {
            Map<String, String> kept = new LinkedHashMap<>();
            for (String declaration : style.split(";")) {
                String[] parts = declaration.split(":", 2);
                String name = parts[0].strip().toLowerCase(Locale.ROOT);
                if (parts.length == 2 && ATTRIBUTES.contains(name)) {
                    kept.put(name, checked(name, parts[1].strip()));
                } else if (parts.length == 2
                        && parts[1].toLowerCase(Locale.ROOT).contains("url")) {
                    throw refused(name);
                }
            }
            return kept;
        }

        private static String checked(String name, String value) {
            // What refers to a part of the picture itself is fine; whatever is left must not refer to anything.
            String rest = REFERENCE.matcher(value).replaceAll("");
            String lower = rest.toLowerCase(Locale.ROOT);
            if (!VALUE.matcher(rest).matches() || lower.contains("url") || lower.contains("expression")) {
                throw refused(name);
            }
            return value;
        }

        private void skip() throws XMLStreamException {
            for (int open = 1; open > 0; ) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    open++;
                    if (++elements > MAX_ELEMENTS) {
                        throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "picture-svg-much");
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open--;
                }
            }
        }

        private static boolean isProgram(@Nullable String namespace) {
            return namespace != null
                    && (namespace.startsWith("http://www.inkscape.org/")
                            || namespace.startsWith("http://sodipodi.sourceforge.net/")
                            || namespace.startsWith("http://ns.adobe.com/")
                            || namespace.startsWith("http://www.bohemiancoding.com/"));
        }

        private void measure(Map<String, String> root) {
            double w = length(root.get("width"));
            double h = length(root.get("height"));
            String[] box = root.getOrDefault("viewBox", "").strip().split("[\\s,]+");
            if ((w <= 0 || h <= 0) && box.length == 4) {
                w = length(box[2]);
                h = length(box[3]);
            }
            if (w < 1 || h < 1 || w > MAX_SIDE || h > MAX_SIDE) {
                throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "picture-svg-size");
            }
            width = (int) Math.round(w);
            height = (int) Math.round(h);
        }

        private static double length(@Nullable String text) {
            Matcher length = LENGTH.matcher(text == null ? "" : text);
            return length.matches() ? Double.parseDouble(length.group(1)) : 0;
        }

        private void escape(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '&' -> out.append("&amp;");
                    case '<' -> out.append("&lt;");
                    case '>' -> out.append("&gt;");
                    case '"' -> out.append("&quot;");
                    default -> out.append(c);
                }
            }
        }
    }
}
