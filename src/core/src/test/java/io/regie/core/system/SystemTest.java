package io.regie.core.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.core.jobs.MediaTools;
import io.regie.core.plugins.PluginTrial;
import io.regie.core.process.Workers;
import io.restassured.http.ContentType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SystemTest {

    private static final ToolFault BROKEN =
            new ToolFault(ToolFault.Kind.LIBRARY, "libx264", "libx264.so: no <b>such</b> file");

    @Inject
    SystemService system;

    @Inject
    TestTools testTools;

    @Inject
    ToolTests tests;

    @Inject
    Workers workers;

    @Inject
    PluginTrial plugins;

    @Inject
    @Any
    Instance<MediaTools> tools;

    @Inject
    TestClock clock;

    @Test
    void saysWhatTheServerIsMadeOf() {
        TestAccounts.ADMIN
                .asked()
                .get("/api/v1/system")
                .then()
                .statusCode(200)
                .body("postgresql", startsWith("1"))
                .body("ffmpeg.version", startsWith("8."))
                .body("ffmpeg.decoders", hasItems("h264", "aac", "libaom-av1"))
                .body("ffmpeg.encoders", hasItems("libx264", "aac"))
                .body("ffmpeg.formats", hasItems("mov", "matroska"))
                .body("sandbox.name", hasItems("environment", "network", "privileges"))
                .body("pools.name", hasItems("probe", "light", "batch", "live"))
                .body("space.database", greaterThan(1_000_000))
                .body("concerns.code", hasItem("mail-off"))
                .body("concerns.findAll { it.code == 'mail-off' && it.urgent }", hasSize(0));
    }

    @Test
    void onlyAdministratorsSeeIt() {
        var editor = TestAccounts.create(Role.EDITOR);
        editor.asked().get("/api/v1/system").then().statusCode(403);
        editor.signIn().askedWithoutToken().get("/studio/system").then().statusCode(403);
        String page = TestAccounts.create(Role.ADMIN)
                .signIn()
                .askedWithoutToken()
                .get("/studio/system")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .extract()
                .asString();
        assertThat(page).contains("libx264").contains("This site sends no mail");
    }

    @Test
    void triesTheMediaToolsOnceADayAndSoonAgainWhileTheyAreBroken() {
        tests.store(ToolTest.of(clock.instant(), List.of()));
        clock.advance(Duration.ofHours(23));
        Instant before = clock.instant();
        testTools.run();
        assertThat(tests.find().orElseThrow().time()).isBefore(before);
        clock.advance(Duration.ofHours(2));
        testTools.run();
        ToolTest passed = tests.find().orElseThrow();
        assertThat(passed.time()).isAfter(before);
        assertThat(passed.faults()).isEmpty();

        tests.store(ToolTest.of(clock.instant(), List.of(BROKEN)));
        testTools.run();
        assertThat(tests.find().orElseThrow().passed()).isTrue();
    }

    @Test
    void doesNotTryThemWhenTheServerJustStarted() {
        tests.store(ToolTest.of(clock.instant(), List.of(BROKEN)));
        new TestTools(workers, plugins, tests, clock).run();
        assertThat(tests.find().orElseThrow().passed()).isFalse();
        tests.store(ToolTest.of(clock.instant(), List.of()));
    }

    @Test
    void whatIsBrokenIsAConcernAndHoldsEncodingsUntilItWorks() {
        tests.store(ToolTest.of(clock.instant(), List.of(BROKEN)));
        Browser admin = TestAccounts.create(Role.ADMIN).signIn();
        assertThat(system.concerns()).contains(Concern.urgent("tools-broken", "libx264"));
        assertThat(tools.stream().anyMatch(MediaTools::broken)).isTrue();
        assertThat(admin.askedWithoutToken().get("/studio/system").asString())
                .contains("The media tools do not work: libx264")
                .contains("libx264 does not work")
                .contains("no &lt;b&gt;such&lt;/b&gt; file")
                .contains("Install the same version of the server again");

        admin.askedWithoutToken()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", admin.csrf())
                .post("/studio/system/test")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/studio/system#tools"));
        assertThat(system.concerns()).extracting(Concern::code).doesNotContain("tools-broken");
        assertThat(tools.stream().anyMatch(MediaTools::broken)).isFalse();
        assertThat(admin.askedWithoutToken().get("/studio/system").asString())
                .contains("Last test:")
                .contains("Everything works.");
        TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .post("/api/v1/system/test")
                .then()
                .statusCode(200)
                .body("passed", equalTo(true))
                .body("faults", hasSize(0));
    }

    @Test
    void aPluginThatCannotBeLoadedHoldsNothingElse() {
        tests.store(ToolTest.of(
                clock.instant(), List.of(new ToolFault(ToolFault.Kind.PLUGIN, "gif", "It is not a readable jar."))));
        assertThat(system.concerns()).contains(Concern.urgent("plugin-broken", "gif"));
        assertThat(tools.stream().anyMatch(MediaTools::broken)).isFalse();
        tests.store(ToolTest.of(clock.instant(), List.of()));
    }

    @Test
    void findsCodecsByAPartOfTheirNames() {
        Browser admin = TestAccounts.create(Role.ADMIN).signIn();
        assertThat(admin.askedWithoutToken().get("/studio/system?codec=264").asString())
                .contains("<code>libx264</code>", "<code>h264</code>")
                .doesNotContain("<code>aac</code>");
        assertThat(admin.askedWithoutToken()
                        .queryParam("codec", "<script>")
                        .get("/studio/system/codecs")
                        .asString())
                .contains("&lt;script&gt;")
                .doesNotContain("<script>", "<code>");
    }
}
