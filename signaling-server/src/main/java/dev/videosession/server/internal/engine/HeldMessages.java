package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of other servers that wait for the outcome of an append, because they may follow from it: for instance an offer by a link
 * that the append opens. What exceeds the bound is lost, as on the way here: the ends of a link repeat their messages, and directed signals
 * wait in the log until the server is told of a later one, or the client resumes. Belongs to the session's loop.
 */
final class HeldMessages {
    private static final Logger LOG = LoggerFactory.getLogger(HeldMessages.class);
    private static final int MAX_HELD = 4096;

    private final SessionId session;
    private final Deque<Message> held = new ArrayDeque<>(0);

    HeldMessages(SessionId session) {
        this.session = session;
    }

    /** A message about a connection of this server. */
    private record Message(ConnectionId about, Consumer<ClusterListener> content) {}

    /** Holds a message about a connection, with what passes it on. */
    void add(ConnectionId about, Consumer<ClusterListener> content) {
        if (held.size() < MAX_HELD) {
            held.add(new Message(about, content));
        }
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Passes the oldest message on. What that throws is logged. */
    void passNext(ClusterListener cluster) {
        Message message = held.remove();
        try {
            message.content.accept(cluster);
        } catch (RuntimeException e) {
            LOG.error("event=requestFailed session={} connection={}", session, message.about, e);
        }
    }

    void clear() {
        held.clear();
    }
}
