package io.regie.core.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.egress.EgressRefusedException.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {

    private static final String OUTSIDE = "9.9.9.9";

    @Test
    void letsPublicAddressesBeReachedWhereMediaIsServed() {
        for (int port : new int[] {80, 443, 554, 322, 1935, 8080, 8554, 8888}) {
            assertThat(refusal(EgressPolicy.strict(), "example.org", port, OUTSIDE))
                    .isNull();
        }
    }

    @Test
    void refusesPortsThatTakeOrders() {
        for (int port : new int[] {22, 25, 53, 139, 445, 2375, 3306, 5432, 6379, 9200, 11211}) {
            assertThat(refusal(EgressPolicy.strict(), "example.org", port, OUTSIDE))
                    .isEqualTo(Reason.PORT);
        }
    }

    @Test
    void refusesNamesWithOneAddressThatMayNotBeReached() {
        assertThat(refusal(EgressPolicy.strict(), "example.org", 80, OUTSIDE, "127.0.0.2"))
                .isEqualTo(Reason.ADDRESS);
    }

    @Test
    void allowsANameWhateverItsAddress() {
        EgressPolicy policy = allowing("Camera.LAN:8554");
        assertThat(refusal(policy, "camera.lan", 8554, "192.168.1.7")).isNull();
        assertThat(refusal(policy, "camera.lan", 8555, "192.168.1.7")).isEqualTo(Reason.ADDRESS);
        assertThat(refusal(policy, "other.lan", 8554, "192.168.1.7")).isEqualTo(Reason.ADDRESS);
    }

    @Test
    void allowsANetwork() {
        EgressPolicy policy = allowing("192.168.1.0/24 [fd00::/8]:554");
        assertThat(refusal(policy, "camera.lan", 554, "192.168.1.7")).isNull();
        assertThat(refusal(policy, "camera.lan", 554, "192.168.2.7")).isEqualTo(Reason.ADDRESS);
        assertThat(refusal(policy, "camera.lan", 554, "192.168.1.7", "fd12::1")).isNull();
        assertThat(refusal(policy, "camera.lan", 8554, "fd12::1")).isEqualTo(Reason.ADDRESS);
    }

    @Test
    void opensAnUnusualPortOnlyByName() {
        assertThat(refusal(allowing("192.168.1.7"), "192.168.1.7", 22, "192.168.1.7"))
                .isEqualTo(Reason.PORT);
        assertThat(refusal(allowing("192.168.1.7:22"), "192.168.1.7", 22, "192.168.1.7"))
                .isNull();
        assertThat(refusal(allowing("example.org:25"), "example.org", 25, OUTSIDE))
                .isNull();
    }

    @Test
    void neverReachesManyAtOnce() {
        assertThat(refusal(allowing("224.0.0.0/4 host.lan"), "host.lan", 554, "224.0.0.1"))
                .isEqualTo(Reason.ADDRESS);
    }

    @Test
    void mayKnowOneHostOnly() {
        EgressPolicy policy = EgressPolicy.strict().onlyTo("example.org");
        assertThat(refusal(policy, "example.org", 80, OUTSIDE)).isNull();
        assertThat(refusal(policy, "elsewhere.org", 80, OUTSIDE)).isEqualTo(Reason.OTHER_HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/x",
                "host:0",
                "host:99999",
                "host:x",
                "127.2",
                "a/8",
                "a:b:c"
            })
    void refusesEntriesThatMeanNothing(String entry) {
        assertThatThrownBy(() -> AllowedDestination.parse(entry)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesEntriesAsTheyAreRead() {
        String written = "camera.lan\ncamera.lan:8554\n10.0.0.0/8\n10.1.2.3:554\n[fd00:0:0:0:0:0:0:0/8]:554";
        assertThat(AllowedDestination.printAll(AllowedDestination.parseAll(
                        "CAMERA.lan, camera.lan.:8554 10.0.0.0/8\n10.1.2.3:554,[fd00::/8]:554")))
                .isEqualTo(written);
        assertThat(AllowedDestination.printAll(AllowedDestination.parseAll(written)))
                .isEqualTo(written);
    }

    private static EgressPolicy allowing(String entries) {
        return EgressPolicy.allowing(AllowedDestination.parseAll(entries));
    }

    private static @Nullable Reason refusal(EgressPolicy policy, String host, int port, String... addresses) {
        try {
            List<InetAddress> parsed = new ArrayList<>();
            for (String address : addresses) {
                parsed.add(InetAddress.getByName(address));
            }
            policy.check(Destination.of(host, port), parsed);
            return null;
        } catch (EgressRefusedException e) {
            return e.reason();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
