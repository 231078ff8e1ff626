package io.regie.core;

import io.regie.core.Population.Thing;
import io.regie.core.Population.Who;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to ask at one way in, so that whoever has the right gets further than whoever has not. What the path's words do
 * not tell stands as {@code with} lines in the matrix:
 *
 * <pre>
 * with path file={rendition}.mp4      what stands for a parameter of the path
 * with query media={article}          one parameter of the query
 * with header If-Match: "1"
 * with body {"title":"Changed"}       JSON
 * with form title=Changed             one field of a form; the CSRF field comes by itself, and a file where the header
 *                                     Content-Type says multipart/form-data
 * </pre>
 *
 * Placeholders: article, news, job, rendition, poster, sheet, download, animation, caption, annex, upload (of the thing),
 * account, session, token, category.
 */
final class Ask {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=x";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final String NOTHING = "8a3c1f0e-0000-4000-8000-000000000000";

    /** What a parameter of a path stands for, by the word before it. */
    private static final Map<String, String> BY_NEIGHBOUR = Map.ofEntries(
            Map.entry("media", "{article}"),
            Map.entry("watch", "{article}"),
            Map.entry("news", "{news}"),
            Map.entry("news-pictures", "{news}"),
            Map.entry("categories", "{category}"),
            Map.entry("category", "{category}"),
            Map.entry("category-pictures", "{category}"),
            Map.entry("animations", "{animation}"),
            Map.entry("captions", "{caption}"),
            Map.entry("annexes", "{annex}"),
            Map.entry("jobs", "{job}"),
            Map.entry("uploads", "{upload}"),
            Map.entry("accounts", "{account}"),
            Map.entry("people", "{account}"),
            Map.entry("sessions", "{session}"),
            Map.entry("tokens", "{token}"));

    private final Way way;
    private final List<String> withs;

    Ask(Way way, List<String> withs) {
        this.way = way;
        this.withs = List.copyOf(withs);
    }

    /** What came back: the status, {@code login} for the way to the sign-in page, and the text. */
    record Answer(String status, String text) {}

    /** Whether the things' states can make a difference. */
    boolean aboutThings() {
        return names(template() + withs);
    }

    /** Whether it is a list that only a parameter of the query narrows to a thing. */
    boolean filters() {
        return way.method().equals("GET") && aboutThings() && !names(template());
    }

    private static boolean names(String text) {
        return Thing.PUBLIC.names().keySet().stream().anyMatch(name -> text.contains("{" + name + "}"));
    }

    Answer send(URI site, Who who, Thing thing) throws IOException, InterruptedException {
        List<String> credential = who.credential();
        Map<String, String> headers = headers(thing);
        HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve(address(thing)))
                .timeout(Duration.ofSeconds(20))
                .method(way.method(), body(who, thing));
        headers.forEach(request::setHeader);
        if (!credential.isEmpty()) {
            request.setHeader(credential.get(0), credential.get(1));
        }
        boolean visits = who == Who.VISITOR || who == Who.EXPIRED || who == Who.DISABLED;
        if (!way.harmless() && !visits && who != Who.READER) {
            request.setHeader("X-CSRF-Token", who.csrf());
        }
        return answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** As a foreign page would make a browser send it, with these headers on top. */
    Answer forge(URI site, Who who, Map<String, String> forged) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve(address(Thing.PUBLIC)))
                .timeout(Duration.ofSeconds(20))
                .method(way.method(), body(null, Thing.PUBLIC));
        headers(Thing.PUBLIC).forEach(request::setHeader);
        request.setHeader(who.credential().get(0), who.credential().get(1));
        forged.forEach(request::setHeader);
        return answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    private static Answer answer(HttpResponse<InputStream> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        String text;
        try (InputStream body = response.body()) {
            // That one never ends.
            text = type.startsWith("text/event-stream") ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
        String location = response.headers().firstValue("Location").orElse("");
        boolean detour = response.statusCode() == 303 && location.startsWith("/sign-in");
        return new Answer(detour ? "login" : String.valueOf(response.statusCode()), text);
    }

    private String template() {
        String path = way.path();
        String[] words = path.split("/");
        StringBuilder filled = new StringBuilder();
        for (int i = 1; i < words.length; i++) {
            filled.append('/').append(filled(words[i], words[i - 1]));
        }
        return filled.length() == 0 ? "/" : filled.toString();
    }

    private String filled(String word, String before) {
        if (word.equals("*") || word.isEmpty()) {
            return with("path *").orElse("nothing");
        }
        Matcher parameter = PLACEHOLDER.matcher(word);
        if (!parameter.find()) {
            return word.replace("*", "");
        }
        String name = parameter.group(1);
        String known = name.equals("article") ? "{article}" : BY_NEIGHBOUR.getOrDefault(before, NOTHING);
        return parameter.replaceFirst(
                Matcher.quoteReplacement(with("path " + name).orElse(known)));
    }

    private java.util.Optional<String> with(String key) {
        return withs.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst();
    }

    private List<String> all(String kind) {
        return withs.stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length() + 1))
                .toList();
    }

    private String address(Thing thing) {
        String path = filled(template(), thing);
        List<String> query = new ArrayList<>();
        for (String pair : all("query")) {
            String[] parts = pair.split("=", 2);
            query.add(parts[0] + "=" + encoded(filled(parts[1], thing)));
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private Map<String, String> headers(Thing thing) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", way.path().startsWith("/api/") ? "application/json" : "text/html");
        if (way.path().startsWith("/api/v1/uploads")) {
            headers.put("Tus-Resumable", "1.0.0");
        }
        if (carries()) {
            headers.put("Content-Type", form() ? "application/x-www-form-urlencoded" : "application/json");
        }
        for (String line : all("header")) {
            String[] parts = line.split(": ?", 2);
            headers.put(parts[0], filled(parts[1], thing));
        }
        return headers;
    }

    private boolean carries() {
        return way.method().equals("POST")
                || way.method().equals("PUT")
                || way.method().equals("PATCH");
    }

    private boolean form() {
        return !way.path().startsWith("/api/");
    }

    private HttpRequest.BodyPublisher body(@Nullable Who who, Thing thing) {
        if (!carries()
                || all("header").stream().anyMatch(line -> line.startsWith("Content-Type: application/offset"))) {
            return HttpRequest.BodyPublishers.noBody();
        }
        if (!form()) {
            return HttpRequest.BodyPublishers.ofString(
                    filled(all("body").stream().findFirst().orElse("{}"), thing));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        if (who != null) {
            fields.put("csrf", who.csrf());
        }
        for (String pair : all("form")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], filled(parts[1], thing));
        }
        if (all("header").contains(MULTIPART)) {
            return HttpRequest.BodyPublishers.ofString(multipart(fields));
        }
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add(name + "=" + encoded(value)));
        return HttpRequest.BodyPublishers.ofString(String.join("&", pairs));
    }

    /** With an empty file at the end. */
    private static String multipart(Map<String, String> fields) {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--x\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        return body.append("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"empty\"\r\n")
                .append("Content-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n")
                .toString();
    }

    private static String filled(String text, Thing thing) {
        Map<String, String> names = new LinkedHashMap<>(thing.names());
        names.putAll(Population.names());
        names.put("fresh", UUID.randomUUID().toString());
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(names.getOrDefault(match.group(1), match.group())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
