package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of other servers that wait for the outcome of an append, because they may follow from it: for instance an offer by a link
 * that the append opens. What exceeds the bound is lost, as on the way here: the ends of a link repeat their messages, a directed
 * signal is not repeated. Belongs to the session's loop.
 */
final class HeldMessages {
    private static final Logger LOG = LoggerFactory.getLogger(HeldMessages.class);
    private static final int MAX_HELD = 4096;

    private final SessionId session;
    private final Deque<Message> held = new ArrayDeque<>(0);

    HeldMessages(SessionId session) {
        this.session = session;
    }

    /** A message to a connection of this server. */
    private record Message(ConnectionId to, ServerMessage content) {}

    void add(ConnectionId to, ServerMessage message) {
        if (held.size() < MAX_HELD) {
            held.add(new Message(to, message));
        }
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Passes the oldest message on. What that throws is logged. */
    void passNext(ClusterListener cluster) {
        Message message = held.remove();
        try {
            cluster.message(message.to, message.content);
        } catch (RuntimeException e) {
            LOG.error("event=requestFailed session={} connection={}", session, message.to, e);
        }
    }

    void clear() {
        held.clear();
    }
}
