package io.regie.core.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Forms with a file, as packets bring them. */
@QuarkusTest
class FileFormsTest {

    private static final String FILE =
            "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"logo.png\"\r\n"
                    + "Content-Type: image/png\r\n\r\nno picture\r\n";

    @TestHTTPResource("/studio/branding/images/logo")
    URI address;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void areReadWhereverTheirPacketsEnd() throws Exception {
        Browser admin = TestAccounts.ADMIN.signIn();
        String token = "--cut\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + admin.csrf() + "\r\n";
        for (String form : List.of(token + FILE + "--cut--\r\n", FILE + token + "--cut--\r\n")) {
            byte[] whole = form.getBytes(US_ASCII);
            Set<Integer> answers = new TreeSet<>();
            for (int cut = 1; cut < whole.length; cut++) {
                answers.add(send(admin, Arrays.copyOf(whole, cut), Arrays.copyOfRange(whole, cut, whole.length)));
            }
            // The form is taken for what it is; only what it brings is no picture.
            assertThat(answers).containsExactly(415);
        }
    }

    /** Each part as a chunk of its own, which a server reads as it reads packets. */
    private int send(Browser sender, byte[]... parts) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Cookie", "__Host-regie=" + sender.session())
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofByteArrays(Arrays.asList(parts)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
