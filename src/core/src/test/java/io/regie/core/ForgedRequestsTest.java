package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.Population.Thing;
import io.regie.core.Population.Who;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nothing that a foreign page can make a browser send changes anything, at any way in; and reading never does. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedRequestsTest {

    private static final List<Who> VICTIMS = List.of(Who.AUTHOR, Who.ADMIN);

    @Inject
    Router router;

    @Inject
    Population population;

    @Inject
    Contents contents;

    @TestHTTPResource("/")
    URI site;

    private Matrix asked;

    @BeforeAll
    void populate() throws Exception {
        asked = Matrix.parse(Files.readString(Path.of("src/test/resources/authorization-matrix.txt")));
        population.renew();
    }

    @AfterAll
    void leave() throws Exception {
        population.clear();
    }

    @Test
    void forgedRequestsAreRefusedAndChangeNothing() throws Exception {
        List<String> faults = new ArrayList<>();
        Map<String, String> before = contents.read();
        for (Way way : Way.all(router)) {
            if (way.harmless()) {
                continue;
            }
            for (Who who : VICTIMS) {
                for (Map.Entry<String, Map<String, String>> forgery :
                        forgeries(who).entrySet()) {
                    String status =
                            ask(way).forge(site, who, forgery.getValue()).status();
                    if (!accepted(forgery.getKey()).contains(status)) {
                        faults.add(way + " as " + who.word() + ", " + forgery.getKey() + ": " + status);
                    }
                }
            }
            Map<String, String> after = contents.read();
            if (!after.equals(before)) {
                faults.add(way + " changed " + changed(before, after));
                before = after;
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsMeantChangesThings() throws Exception {
        Map<String, String> before = contents.read();
        Way edit = new Way("PATCH", "/api/v1/media/{id}");
        assertThat(ask(edit).send(site, Who.AUTHOR, Thing.PRIVATE).status()).isEqualTo("200");
        assertThat(changed(before, contents.read())).contains("media_article");
        population.renew();
    }

    @Test
    void overriddenMethodsChangeNothing() throws Exception {
        List<String> faults = new ArrayList<>();
        Map<String, String> before = contents.read();
        for (Way way : Way.all(router)) {
            if (way.harmless()) {
                continue;
            }
            for (String disguise : List.of("GET", "POST")) {
                if (disguise.equals(way.method())) {
                    continue;
                }
                Way disguised = new Way(disguise, way.path());
                for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
                    List<String> withs = new ArrayList<>(asked.entry(way).withs);
                    withs.add("query _method=" + way.method());
                    new Ask(disguised, withs).forge(site, Who.AUTHOR, Map.of(header, way.method()));
                }
            }
            Map<String, String> after = contents.read();
            if (!after.equals(before)) {
                faults.add(way + " in disguise changed " + changed(before, after));
                before = after;
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void readingChangesNothing() throws Exception {
        List<String> faults = new ArrayList<>();
        Map<String, String> before = contents.read();
        for (Way way : Way.all(router)) {
            for (String method : List.of("GET", "HEAD", "OPTIONS")) {
                Ask ask = new Ask(new Way(method, way.path()), asked.entry(way).withs);
                for (Who who : List.of(Who.VISITOR, Who.AUTHOR, Who.ADMIN)) {
                    ask.send(site, who, Thing.PUBLIC);
                }
            }
            Map<String, String> after = contents.read();
            if (!after.equals(before)) {
                faults.add("Reading " + way.path() + " changed " + changed(before, after));
                before = after;
            }
        }
        assertThat(faults).isEmpty();
    }

    private Ask ask(Way way) {
        return new Ask(way, asked.entry(way).withs);
    }

    private static Map<String, Map<String, String>> forgeries(Who who) {
        Map<String, Map<String, String>> forgeries = new LinkedHashMap<>();
        forgeries.put("without token", Map.of());
        forgeries.put("token of somebody else", Map.of("X-CSRF-Token", Who.OTHER.csrf()));
        for (String origin : List.of("https://evil.example", "null", "http://localhost.evil.example")) {
            forgeries.put("origin " + origin, Map.of("X-CSRF-Token", who.csrf(), "Origin", origin));
        }
        for (String origin : List.of("cross-site", "same-site")) {
            forgeries.put("from " + origin, Map.of("X-CSRF-Token", who.csrf(), "Sec-Fetch-Site", origin));
        }
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            forgeries.put("form " + type, Map.of("Content-Type", type));
        }
        return forgeries;
    }

    /** A form of a type that a way in does not take may be refused for that. */
    private static Set<String> accepted(String forgery) {
        return forgery.startsWith("form") ? Set.of("403", "415") : Set.of("403");
    }

    private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
        Map<String, String> difference = new LinkedHashMap<>(after);
        difference.entrySet().removeAll(before.entrySet());
        return difference.keySet();
    }
}
