package dev.videosession.server.internal.session;

import dev.videosession.server.internal.connection.ClientConnection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the connections of one session, a few at a time, so that a large session does not ask for all of them at once. Belongs to the
 * session's loop.
 */
final class ConnectionChecks {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionChecks.class);
    private static final int AT_ONCE = 4;

    private final Queue<ClientConnection> waiting;
    private final Check check;
    private final Runnable then;
    private int underWay;
    private boolean starting;

    /** Checks one connection. */
    @FunctionalInterface
    interface Check {
        /**
         * Begins a check.
         *
         * @param connection the connection
         * @param checked to be called once at the end, unless this call throws
         */
        void begin(ClientConnection connection, Runnable checked);
    }

    /**
     * Prepares checks.
     *
     * @param connections to be checked
     * @param check checks one
     * @param then called when all are checked
     */
    ConnectionChecks(Collection<ClientConnection> connections, Check check, Runnable then) {
        this.waiting = new ArrayDeque<>(connections);
        this.check = check;
        this.then = then;
    }

    /** Begins as many checks as may be under way, and ends when all have ended. */
    void start() {
        if (starting) {
            return; // a check that ended at once: the call under way begins the next one
        }
        starting = true;
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            underWay++;
            begin(waiting.remove());
        }
        starting = false;
        if (underWay == 0) {
            then.run();
        }
    }

    private void begin(ClientConnection connection) {
        try {
            check.begin(connection, this::ended);
        } catch (RuntimeException e) {
            LOG.error("event=connectionCheckFailed connection={}", connection.id(), e);
            ended();
        }
    }

    private void ended() {
        underWay--;
        start();
    }
}
