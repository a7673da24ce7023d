package dev.videosession.session.internal.connection;

import dev.videosession.session.ServerAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of the server's nodes, and the order in which they are tried: those that the application configured, and
 * those that the server announced. After a loss another node comes first, in random order, so that the clients of a lost
 * node spread over the remaining ones. An announced address without TLS is ignored if the configured ones use TLS. Used on
 * the session's loop.
 */
public final class NodeAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAddresses.class);

    private final List<ServerAddress> configured;
    private final RandomGenerator random;
    private final Deque<ServerAddress> untried = new ArrayDeque<>();
    private List<ServerAddress> announced = List.of();
    private List<ServerAddress> preferred = List.of();
    private ServerAddress current;

    public NodeAddresses(List<ServerAddress> configured, RandomGenerator random) {
        this.configured = configured;
        this.random = random;
        this.current = configured.get(0);
    }

    /** Begins with the configured addresses, in their order, and forgets the announced ones. */
    void connect() {
        announced = List.of();
        preferred = List.of();
        untried.clear();
        untried.addAll(configured);
    }

    /** The node in use is lost: it comes last from now on. */
    void lost() {
        begin();
    }

    private void begin() {
        Set<ServerAddress> order = new LinkedHashSet<>(shuffledOthers(preferred));
        order.addAll(shuffledOthers(all()));
        order.add(current);
        untried.clear();
        untried.addAll(order);
        preferred = List.of();
    }

    private List<ServerAddress> shuffledOthers(Collection<ServerAddress> addresses) {
        List<ServerAddress> others = new ArrayList<>(addresses);
        others.remove(current);
        if (others.size() > 1) {
            Collections.shuffle(others, new Random(random.nextLong()));
        }
        return others;
    }

    /** {@return the address for the next attempt; after the last one the first follows again} */
    ServerAddress next() {
        if (untried.isEmpty()) {
            begin();
        }
        current = untried.remove();
        return current;
    }

    /** {@return whether there is an address that was not tried since the loss, or since connecting began} */
    boolean hasUntried() {
        return !untried.isEmpty();
    }

    /** {@return the address of the last attempt} */
    ServerAddress current() {
        return current;
    }

    /** {@return whether there is more than one address} */
    boolean hasAlternatives() {
        return all().size() > 1;
    }

    /** Replaces the announced addresses; null changes nothing. */
    public void announced(@Nullable List<String> urls) {
        if (urls != null) {
            announced = usable(urls);
        }
    }

    /** After the loss of the node in use, these addresses come first. Null names none. */
    public void prefer(@Nullable List<String> urls) {
        preferred = urls == null ? List.of() : usable(urls);
    }

    private Set<ServerAddress> all() {
        Set<ServerAddress> all = new LinkedHashSet<>(configured);
        all.addAll(announced);
        return all;
    }

    private List<ServerAddress> usable(List<String> urls) {
        List<ServerAddress> result = new ArrayList<>();
        for (String url : urls) {
            try {
                ServerAddress address = new ServerAddress(url);
                if (configured.get(0).isSecure() && !address.isSecure()) {
                    LOG.warn("event=nodeAddressIgnored address={} reason=\"it does not use TLS\"", address);
                } else {
                    result.add(address);
                }
            } catch (IllegalArgumentException e) {
                LOG.warn("event=nodeAddressIgnored reason=\"{}\"", e.getMessage());
            }
        }
        return List.copyOf(result);
    }
}
