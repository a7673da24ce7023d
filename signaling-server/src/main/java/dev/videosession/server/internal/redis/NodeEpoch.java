package dev.videosession.server.internal.redis;

import java.util.concurrent.ThreadLocalRandom;

/** The number under which a server owns connections, and by which other servers address it. Thread-safe. */
public final class NodeEpoch {
    /** Lua's numbers are exact below it. */
    private static final long LIMIT = 1L << 53;

    /** What the name of each node's channel begins with. Its number follows. */
    public static final String CHANNELS = "vs:inbox:";

    private volatile long current = next();

    /** Creates a number that no other server has. */
    public NodeEpoch() {}

    private static long next() {
        return ThreadLocalRandom.current().nextLong(1, LIMIT);
    }

    /** {@return the number that is valid now} */
    public long current() {
        return current;
    }

    /** Takes a new number. Connections that this server owned before must have been dropped. */
    public void renew() {
        current = next();
    }
}
