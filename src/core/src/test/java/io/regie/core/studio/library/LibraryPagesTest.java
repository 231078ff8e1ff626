package io.regie.core.studio.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.media.LibraryRows;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LibraryPagesTest {

    @Inject
    LibraryRows rows;

    @Test
    void showsAgainOnlyWhatOneMayChange() {
        User author = TestAccounts.create(Role.AUTHOR);
        UUID own = rows.add(author.id(), "My own");
        UUID foreign = rows.add(TestAccounts.create(Role.AUTHOR).id(), "Not mine");
        String asked = "/studio/library/items?id=" + own + "&id=" + foreign + "&id=" + UUID.randomUUID();
        Browser browser = author.signIn();
        assertThat(browser.askedWithoutToken().get(asked).asString())
                .contains("<li", "My own")
                .doesNotContain("Not mine", "library-next");
        assertThat(browser.askedWithoutToken().get(asked + "&view=table").asString())
                .contains("<tr", "My own");
    }

    @Test
    void namesOwnersForEditorsOnly() {
        User owner = TestAccounts.create(Role.AUTHOR);
        rows.add(owner.id(), "Somebody's");
        User without = TestAccounts.create(Role.AUTHOR);
        String option = "<option value=\"%s\"";
        assertThat(TestAccounts.create(Role.EDITOR)
                        .signIn()
                        .askedWithoutToken()
                        .get("/studio/library?owner=" + owner.id())
                        .asString())
                .contains(option.formatted(owner.id()) + " selected")
                .doesNotContain(option.formatted(without.id()));
        assertThat(TestAccounts.create(Role.AUTHOR)
                        .signIn()
                        .askedWithoutToken()
                        .get("/studio/library")
                        .asString())
                .doesNotContain(owner.id().toString());
    }
}
