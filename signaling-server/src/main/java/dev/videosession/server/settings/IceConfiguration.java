package dev.videosession.server.settings;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.IceServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The STUN and TURN servers of a signaling server. TURN credentials are made for each connection and end by themselves;
 * the TURN server must know the same shared secret (coturn: {@code use-auth-secret}). Immutable; the secret never shows
 * in {@link #toString()}.
 */
public final class IceConfiguration {
    /** No servers: clients reach each other within one network only. */
    public static final IceConfiguration NONE = new IceConfiguration(List.of(), List.of());

    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private final List<String> stunUrls;
    private final List<Turn> turns;

    private record Turn(List<String> urls, Supplier<String> sharedSecret, Duration lifetime) {}

    private IceConfiguration(List<String> stunUrls, List<Turn> turns) {
        this.stunUrls = List.copyOf(stunUrls);
        this.turns = List.copyOf(turns);
    }

    /**
     * Adds STUN servers.
     *
     * @param urls for instance {@code stun:stun.example.org:3478}
     * @return a configuration with these, too
     * @throws IllegalArgumentException if one is not as RFC 7064 says; the message names it
     */
    public IceConfiguration withStun(List<String> urls) {
        requireEach(urls, IceUrl::requireStun);
        List<String> all = new ArrayList<>(stunUrls);
        all.addAll(urls);
        return new IceConfiguration(all, turns);
    }

    /**
     * Adds a TURN server.
     *
     * @param urls for instance {@code turn:turn.example.org:3478?transport=udp}
     * @param sharedSecret known to the TURN server and this one, not empty
     * @param lifetime of the credentials, at least 10 seconds; clients get new ones before they end
     * @return a configuration with this one, too
     * @throws IllegalArgumentException if an argument is not as said, or a URL not as RFC 7065 says; the message names it
     */
    public IceConfiguration withTurn(List<String> urls, String sharedSecret, Duration lifetime) {
        return withTurn(urls, () -> sharedSecret, lifetime);
    }

    /**
     * Adds a TURN server with a secret that can change.
     *
     * @param urls for instance {@code turn:turn.example.org:3478?transport=udp}
     * @param sharedSecret gives the secret known to the TURN server and this one, not empty; asked for each connection, on
     *     a thread that it must not block
     * @param lifetime of the credentials, at least 10 seconds; clients get new ones before they end
     * @return a configuration with this one, too
     * @throws IllegalArgumentException if an argument is not as said, or a URL not as RFC 7065 says; the message names it
     */
    public IceConfiguration withTurn(List<String> urls, Supplier<String> sharedSecret, Duration lifetime) {
        requireEach(urls, IceUrl::requireTurn);
        if (sharedSecret.get().isEmpty()) {
            throw new IllegalArgumentException("the shared secret of TURN is empty");
        }
        if (lifetime.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("TURN credentials must live for at least 10 seconds, was " + lifetime);
        }
        List<Turn> all = new ArrayList<>(turns);
        all.add(new Turn(List.copyOf(urls), sharedSecret, lifetime));
        return new IceConfiguration(stunUrls, all);
    }

    /**
     * Creates the list of servers for a connection.
     *
     * @param connectionId the connection, whose id is part of the credentials
     * @param now the time from which the credentials are valid
     * @return the servers
     */
    public List<IceServer> serversFor(ConnectionId connectionId, Instant now) {
        List<IceServer> servers = new ArrayList<>();
        if (!stunUrls.isEmpty()) {
            servers.add(new IceServer(stunUrls, null, null));
        }
        for (Turn turn : turns) {
            String username = now.plus(turn.lifetime).getEpochSecond() + ":" + connectionId;
            servers.add(new IceServer(turn.urls, username, credential(turn.sharedSecret.get(), username)));
        }
        return servers;
    }

    /** {@return the shortest lifetime of the credentials; empty without a TURN server} */
    public Optional<Duration> lifetime() {
        return turns.stream().map(Turn::lifetime).min(Comparator.naturalOrder());
    }

    private static String credential(String secret, String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    private static void requireEach(List<String> urls, Consumer<String> check) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no URL given");
        }
        urls.forEach(check);
    }

    @Override
    public String toString() {
        return "IceConfiguration[stun=" + stunUrls + ", turn="
                + turns.stream().map(Turn::urls).toList() + "]";
    }
}
