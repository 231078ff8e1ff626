package io.regie.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestClock;
import io.regie.core.access.Visibility;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingsServiceTest {

    @Inject
    SettingsService settings;

    @Inject
    TestClock clock;

    @Inject
    DataSource database;

    @Test
    void fallsBackUntilSomebodySetsIt() {
        Setting<Visibility> setting = Setting.choice(key(), Visibility.UNLISTED);
        assertThat(settings.get(setting)).isEqualTo(Visibility.UNLISTED);
        settings.set(setting, Visibility.PRIVATE);
        assertThat(settings.get(setting)).isEqualTo(Visibility.PRIVATE);
    }

    @Test
    void keepsWhatWasRolledBackOut() {
        Setting<Long> setting = Setting.number(key(), 1);
        QuarkusTransaction.begin();
        settings.set(setting, 2L);
        QuarkusTransaction.rollback();
        assertThat(settings.get(setting)).isEqualTo(1);
    }

    @Test
    void seesChangesOfOtherNodesSoon() throws SQLException {
        Setting<String> setting = Setting.text(key(), "before");
        settings.set(setting, "mine");
        assertThat(settings.get(setting)).isEqualTo("mine");
        writeLikeAnotherNode(setting, "theirs");
        clock.advance(Duration.ofSeconds(6));
        assertThat(settings.get(setting)).isEqualTo("theirs");
    }

    @Test
    void unknownValuesFallBack() throws SQLException {
        Setting<Visibility> setting = Setting.choice(key(), Visibility.PUBLIC);
        settings.set(setting, Visibility.PRIVATE);
        writeLikeAnotherNode(setting, "FRIENDS");
        clock.advance(Duration.ofSeconds(6));
        assertThat(settings.get(setting)).isEqualTo(Visibility.PUBLIC);
    }

    private void writeLikeAnotherNode(Setting<?> setting, String value) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection
                    .createStatement()
                    .execute("update setting set value = '" + value + "' where key = '" + setting.key() + "'");
        }
    }

    private static String key() {
        return "test." + UUID.randomUUID();
    }
}
