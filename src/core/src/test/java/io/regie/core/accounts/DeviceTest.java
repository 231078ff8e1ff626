package io.regie.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 | Firefox | Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0 | Edge | Windows",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1 | Safari | iPhone",
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 | Chrome | Android",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/17.5 Safari/605.1 | Safari | macOS",
                "curl/7.88.1 | curl | "
            })
    void namesBrowserAndSystem(String userAgent, String browser, String platform) {
        assertThat(Device.of(userAgent)).isEqualTo(new Device(browser, platform));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Mozilla/5.0",
                "<img src=x onerror=alert(1)>",
                "\"><svg onload=alert(1)>",
                "{7*7}/1.0",
                "evil\u2028<b>"
            })
    void keepsNothingOfWhatIsNoName(String userAgent) {
        assertThat(Device.of(userAgent)).isEqualTo(new Device(null, null));
    }

    @Test
    void silenceIsNoName() {
        assertThat(Device.of(null)).isEqualTo(new Device(null, null));
    }
}
