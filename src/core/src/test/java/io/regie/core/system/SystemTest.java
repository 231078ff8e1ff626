package io.regie.core.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.access.Role;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SystemTest {

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
}
