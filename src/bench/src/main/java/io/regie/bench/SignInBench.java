package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Whether the time of an answer to a wrong password tells who has an account: tries known, disabled and unknown accounts
 * in turns and prints the median of each and its ratio to that of known ones. Each try comes from a loopback address of
 * its own, because of the limits on guesses; the site is one made for this and runs on the same machine.
 *
 * <pre>{@code
 * java -cp 'src/bench/target/classes:src/bench/target/bench/*' io.regie.bench.SignInBench \
 *     http://127.0.0.1:8080 you@example.org password
 * }</pre>
 */
public final class SignInBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = Integer.getInteger("tries", 200);
    private static final int WARM_UP = 10;
    /** Of each kind; none is tried as often as its limit allows at once. */
    private static final int ACCOUNTS = Math.max(1, (TRIES + WARM_UP) / 30);

    private enum Kind {
        KNOWN,
        DISABLED,
        UNKNOWN
    }

    private record Series(Kind kind, List<String> emails, List<Long> nanos) {}

    /** @param nanos from the request's last byte to the answer's first line */
    private record Answer(int status, String body, long nanos) {}

    private final URI site;

    private SignInBench(URI site) {
        this.site = site;
    }

    /** @param arguments the site, an administrator's e-mail address and password */
    public static void main(String[] arguments) throws IOException {
        SignInBench bench = new SignInBench(URI.create(arguments[0]));
        List<Series> all = bench.accounts(bench.token(basic(arguments[1], arguments[2])));
        bench.measure(all);
        print(all);
    }

    private List<Series> accounts(String administrator) throws IOException {
        List<Series> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<String> emails = new ArrayList<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                String email = UUID.randomUUID() + "@example.org";
                emails.add(email);
                if (kind != Kind.UNKNOWN) {
                    create(administrator, email, kind == Kind.DISABLED);
                }
            }
            all.add(new Series(kind, emails, new ArrayList<>()));
        }
        return all;
    }

    private String token(String authorization) throws IOException {
        return "Bearer "
                + JSON.readTree(expect(201, guess(authorization, 0)).body())
                        .get("token")
                        .asText();
    }

    private void create(String administrator, String email, boolean disabled) throws IOException {
        ObjectNode draft = JSON.createObjectNode()
                .put("email", email)
                .put("name", "Somebody")
                .put("role", "author")
                .put("password", UUID.randomUUID().toString());
        JsonNode made = JSON.readTree(expect(201, send("POST", "/api/v1/accounts", administrator, draft, 0))
                .body());
        if (disabled) {
            JsonNode change = JSON.createObjectNode().put("disabled", true);
            String path = "/api/v1/accounts/" + made.get("id").asText();
            expect(200, send("PATCH", path, administrator, change, 0));
        }
    }

    /** In turns, each round beginning with another kind, so that whatever else the machine does meets all alike. */
    private void measure(List<Series> all) throws IOException {
        List<Series> order = new ArrayList<>(all);
        for (int round = 0; round < WARM_UP + TRIES; round++) {
            Collections.rotate(order, 1);
            for (Series series : order) {
                String email = series.emails().get(round % ACCOUNTS);
                Answer answer = expect(401, guess(basic(email, "wrong " + round), 1 + round));
                if (round >= WARM_UP) {
                    series.nanos().add(answer.nanos());
                }
            }
        }
    }

    private static void print(List<Series> all) {
        double known = quantile(all.get(0).nanos(), 0.5);
        System.out.println("| account | tries | median ms | p10 | p90 | ratio of medians |");
        System.out.println("|---|---|---|---|---|---|");
        for (Series series : all) {
            List<Long> nanos = series.nanos();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %.2f | %.3f |%n",
                    series.kind().name().toLowerCase(Locale.ROOT),
                    nanos.size(),
                    quantile(nanos, 0.5),
                    quantile(nanos, 0.1),
                    quantile(nanos, 0.9),
                    quantile(nanos, 0.5) / known);
        }
    }

    /** In milliseconds. */
    private static double quantile(List<Long> nanos, double part) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) (part * (sorted.size() - 1))) / 1e6;
    }

    private static Answer expect(int status, Answer answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException("Answered " + answer.status() + " instead of " + status + ": " + answer.body());
        }
        return answer;
    }

    private Answer guess(String authorization, int from) throws IOException {
        JsonNode token = JSON.createObjectNode()
                .put("name", "bench")
                .set("scopes", JSON.createArrayNode().add("*"));
        return send("POST", "/api/v1/tokens", authorization, token, from);
    }

    /** On a connection of its own, as the JDK's clients cannot choose where they come from. */
    private Answer send(String method, String path, String authorization, JsonNode body, int from) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + site.getAuthority() + "\r\nAuthorization: "
                + authorization + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, (byte) (1 + from / 250), (byte) (1 + from % 250)}),
                    0));
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(site.getHost(), site.getPort()));
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            long sent = System.nanoTime();
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String first = answer.readLine();
            long nanos = System.nanoTime() - sent;
            if (first == null) {
                throw new IOException("The site hung up");
            }
            String rest = String.join("\n", answer.lines().toList());
            return new Answer(Integer.parseInt(first.split(" ")[1]), rest.substring(rest.indexOf('{')), nanos);
        }
    }

    private static String basic(String email, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((email + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
