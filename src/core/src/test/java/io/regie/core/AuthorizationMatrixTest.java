package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.Matrix.Entry;
import io.regie.core.Population.Thing;
import io.regie.core.Population.Who;
import io.regie.core.plugins.TestPlugins;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Asks everything as everybody and compares with what somebody reviewed: {@code
 * src/test/resources/authorization-matrix.txt}. The ways in come from the running application, so that none is missed.
 */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationMatrixTest {

    private static final Path REVIEWED = Path.of("src/test/resources/authorization-matrix.txt");
    private static final Path ACTUAL = Path.of("target/authorization-matrix.txt");
    private static final Set<Who> STRANGERS =
            EnumSet.of(Who.VISITOR, Who.CONTRIBUTOR, Who.OTHER, Who.EXPIRED, Who.DISABLED);

    @Inject
    Router router;

    @Inject
    Population population;

    @Inject
    TestPlugins plugins;

    @TestHTTPResource("/")
    URI site;

    private final Matrix actual = new Matrix();
    private Matrix reviewed;

    @BeforeAll
    void askEverything() throws Exception {
        plugins.installActing();
        reviewed = Matrix.parse(Files.exists(REVIEWED) ? Files.readString(REVIEWED) : "");
        population.renew();
        List<Way> ways = new ArrayList<>(Way.all(router));
        // Deleting an article deletes its files some time later: reading comes first.
        ways.sort(Comparator.comparing(Way::harmless).reversed());
        for (Way way : ways) {
            Entry entry = actual.entry(way);
            if (reviewed.entries().containsKey(way)) {
                entry.withs.addAll(reviewed.entry(way).withs);
            }
            ask(way, entry);
        }
        Files.writeString(ACTUAL, actual.toString());
    }

    @AfterAll
    void leave() throws Exception {
        population.clear();
    }

    private void ask(Way way, Entry entry) throws Exception {
        Ask ask = new Ask(way, entry.withs);
        if (ask.aboutThings()) {
            for (Thing thing : Thing.values()) {
                List<String> cells = new ArrayList<>();
                for (Who who : Who.values()) {
                    cells.add(
                            ask.filters()
                                    ? filtered(send(way, ask, who, thing), thing)
                                    : send(way, ask, who, thing).status());
                }
                entry.rows.put(thing.word(), cells);
            }
            return;
        }
        List<String> cells = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (Who who : Who.values()) {
            Ask.Answer answer = send(way, ask, who, Thing.PUBLIC);
            cells.add(answer.status());
            shown.add(shown(answer.text()));
        }
        entry.rows.put("-", cells);
        if (shown.stream().anyMatch(things -> !things.equals("."))) {
            entry.rows.put("shows", shown);
        }
    }

    private Ask.Answer send(Way way, Ask ask, Who who, Thing thing) throws Exception {
        Ask.Answer answer = ask.send(site, who, thing);
        boolean changed = !way.harmless()
                && (answer.status().startsWith("2") || answer.status().startsWith("3"));
        if (changed) {
            population.renew();
        }
        return answer;
    }

    /** A list about one thing is there for everybody, but says nothing to strangers. */
    private static String filtered(Ask.Answer answer, Thing thing) {
        boolean tells = thing.names().values().stream().anyMatch(answer.text()::contains);
        return answer.status() + (tells ? "+" : "");
    }

    private static String shown(String text) {
        StringBuilder letters = new StringBuilder();
        for (Thing thing : Thing.values()) {
            if (text.contains(thing.article().toString())
                    || text.contains(thing.news().toString())) {
                letters.append(thing.letter);
            }
        }
        return letters.length() == 0 ? "." : letters.toString();
    }

    @Test
    void everybodyGetsWhatWasReviewed() {
        assertThat(actual.differencesFrom(reviewed))
                .as(
                        """
                        Somebody gets something else than what was reviewed, or a way in is new.
                        If it is meant: read every cell of the difference, then accept it, in src/core, with
                            cp %s %s
                        If strangers and owners get the same, because the question is not good enough (an empty body, no
                        If-Match), put "with" lines below the way in (class Ask says which) and run this test again."""
                                .formatted(ACTUAL, REVIEWED))
                .isEmpty();
    }

    /** Whatever the file says: what is hidden is not there for strangers, or their role keeps them out of everything. */
    @Test
    void hiddenThingsDoNotExistForStrangers() {
        List<String> leaks = new ArrayList<>();
        actual.entries().forEach((way, entry) -> {
            for (Thing thing : Thing.values()) {
                List<String> cells = entry.rows.get(thing.word());
                if (cells == null || !thing.hidden() || way.method().equals("OPTIONS")) {
                    continue;
                }
                boolean list = new Ask(way, entry.withs).filters();
                for (Who who : STRANGERS) {
                    String cell = cells.get(who.ordinal());
                    String open = entry.rows.get(Thing.PUBLIC.word()).get(who.ordinal());
                    boolean keptOut = Set.of("401", "403", "login").contains(cell) && cell.equals(open);
                    if (!cell.equals("404") && !keptOut && !(list && cell.equals("200"))) {
                        leaks.add(way + " " + thing.word() + ": " + who.word() + " gets " + cell);
                    }
                }
            }
        });
        assertThat(leaks).isEmpty();
    }

    @Test
    void listsShowHiddenThingsToNoStranger() {
        List<String> leaks = new ArrayList<>();
        actual.entries().forEach((way, entry) -> {
            List<String> shown = entry.rows.getOrDefault("shows", List.of());
            for (Who who : STRANGERS) {
                if (!shown.isEmpty() && !shown.get(who.ordinal()).matches("[p.]*")) {
                    leaks.add(way + ": " + who.word() + " sees " + shown.get(who.ordinal()));
                }
            }
        });
        assertThat(leaks).isEmpty();
    }
}
