package io.regie.core.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a request came from and how it reached us. Forwarded headers count only when the connection comes from a
 * trusted proxy; of the addresses they name, the last one that no trusted proxy added.
 *
 * @param address of the client, in digits
 * @param authority host and port as the client wrote them
 */
public record Client(String address, boolean https, String authority) {

    private static final String KEY = Client.class.getName();

    /** The client of a request that passed the first handler. */
    public static Client of(RoutingContext request) {
        return request.get(KEY);
    }

    static Client identify(RoutingContext context, List<Network> trusted) {
        HttpServerRequest request = context.request();
        String peer = request.remoteAddress() == null || request.remoteAddress().hostAddress() == null
                ? "0.0.0.0"
                : request.remoteAddress().hostAddress();
        Client direct = new Client(peer, request.isSSL(), authority(request));
        Client client = isTrusted(peer, trusted) ? direct.behindProxy(request, trusted) : direct;
        context.put(KEY, client);
        return client;
    }

    private Client behindProxy(HttpServerRequest request, List<Network> trusted) {
        String chain = request.headers().getAll("X-Forwarded-For").isEmpty()
                ? ""
                : String.join(",", request.headers().getAll("X-Forwarded-For"));
        List<String> hops =
                Arrays.stream(chain.split(",", -1)).map(String::strip).toList();
        String nearest = address;
        for (int i = hops.size() - 1; i >= 0 && Network.address(hops.get(i)).isPresent(); i--) {
            nearest = hops.get(i);
            if (!isTrusted(nearest, trusted)) {
                break;
            }
        }
        String scheme = request.getHeader("X-Forwarded-Proto");
        String host = request.getHeader("X-Forwarded-Host");
        return new Client(
                nearest,
                scheme == null ? https : scheme.strip().equalsIgnoreCase("https"),
                host == null ? authority : host.strip());
    }

    private static boolean isTrusted(String address, List<Network> trusted) {
        Optional<InetAddress> parsed = Network.address(address);
        return parsed.isPresent() && trusted.stream().anyMatch(network -> network.contains(parsed.get()));
    }

    private static String authority(HttpServerRequest request) {
        return request.authority() == null ? "" : request.authority().toString();
    }

    /** Whether this machine talks to itself; browsers treat that like https. */
    public boolean local() {
        String host = host().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || Network.address(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /** Whether nobody on the way can read along. */
    public boolean confidential() {
        return https || local();
    }

    /** Host and port without the port that goes without saying. */
    String canonicalAuthority() {
        return withoutUsualPort(authority);
    }

    static String withoutUsualPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }

    private String host() {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    /**
     * What limits on attempts count by. Whoever has one IPv6 address has at least 2^64 of them.
     */
    public String network() {
        return Network.address(address)
                .map(InetAddress::getAddress)
                .map(bytes -> bytes.length == 16 ? Arrays.copyOf(Arrays.copyOf(bytes, 8), 16) : bytes)
                .map(Client::digits)
                .orElse(address);
    }

    private static String digits(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
