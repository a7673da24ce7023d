package dev.videosession.server.settings;

import dev.videosession.protocol.text.Text;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of several servers that share their sessions through Redis, called nodes.
 *
 * @param redis {@code redis://HOST:PORT}, {@code rediss://HOST:PORT} with TLS, or
 *     {@code redis-sentinel://HOST1,HOST2,HOST3/0#MASTER}; a user of Redis's ACL stands before the host ({@code USER@HOST})
 * @param password of that user, or of Redis; null without one
 * @param nodeId the node's name in logs, metrics and the {@code /health} of other nodes; letters, digits and {@code . _ -}
 * @param advertise the address at which clients reach this node, {@code scheme://host[:port][/prefix]}; null if they reach
 *     it through a balancer only
 * @param warmUpClients how many clients of its own the node serves before it is ready, 0 to 1,000: with {@value #DEFAULT_WARM_UP_CLIENTS}
 *     it is ready one to three seconds later, and takes over the clients of a dead node faster, because the Java runtime has
 *     compiled that code by then. {@code SignalingServerBuilder.start()} returns after this
 */
public record ClusterSettings(
        String redis,
        @Nullable String password,
        String nodeId,
        @Nullable URI advertise,
        int warmUpClients) {
    /** How many clients a node serves to warm up, unless another number is chosen. */
    public static final int DEFAULT_WARM_UP_CLIENTS = 100;

    private static final int MOST_WARM_UP_CLIENTS = 1000;
    private static final Set<String> SCHEMES = Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel");
    private static final Set<String> ADVERTISED = Set.of("http", "https", "ws", "wss");
    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LONGEST_ADDRESS = 255;

    public ClusterSettings {
        Objects.requireNonNull(redis, "redis");
        int colon = redis.indexOf("://");
        if (colon < 0 || !SCHEMES.contains(redis.substring(0, colon).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The address of Redis is redis://HOST:PORT, rediss://HOST:PORT or redis-sentinel://HOSTS/0#MASTER.");
        }
        if (!NODE_ID.matcher(nodeId).matches()) {
            throw new IllegalArgumentException("A node's id has 1 to 64 letters, digits and . _ -");
        }
        Text.requireRange("warmUpClients", warmUpClients, 0, MOST_WARM_UP_CLIENTS);
        if (advertise != null) {
            requireAddress(advertise);
        }
    }

    private static void requireAddress(URI address) {
        String scheme = address.getScheme();
        if (scheme == null
                || !ADVERTISED.contains(scheme.toLowerCase(Locale.ROOT))
                || address.getHost() == null
                || address.getUserInfo() != null
                || address.getQuery() != null
                || address.getFragment() != null
                || address.toString().length() > LONGEST_ADDRESS) {
            throw new IllegalArgumentException(
                    "The address that a node advertises is scheme://host[:port][/prefix] with http, https, ws or wss, and at most "
                            + LONGEST_ADDRESS + " characters long.");
        }
    }

    /** {@return the settings without secrets} */
    @Override
    public String toString() {
        return "ClusterSettings[nodeId=" + nodeId + ", advertise=" + advertise + ", warmUpClients=" + warmUpClients
                + "]";
    }
}
