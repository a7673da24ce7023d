package dev.videosession.server.internal.log;

import dev.videosession.protocol.message.ServerMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest replies to a connection. Guarded by the records of its session. */
final class ReplyMemory {
    static final int CAPACITY = 256;

    private final Map<Long, ServerMessage.Reply> replies = new LinkedHashMap<>();
    private long newestForgotten;

    Optional<ServerMessage.Reply> find(long id) {
        return Optional.ofNullable(replies.get(id));
    }

    /** {@return whether the reply may have been forgotten, so that carrying the request out could be the second time} */
    boolean isForgotten(long id) {
        return id <= newestForgotten && !replies.containsKey(id);
    }

    /** Takes over what another server has forgotten. */
    void forget(long newest) {
        newestForgotten = Math.max(newestForgotten, newest);
    }

    void remember(long id, ServerMessage.Reply reply) {
        replies.put(id, reply);
        if (replies.size() > CAPACITY) {
            long oldest = replies.keySet().iterator().next();
            replies.remove(oldest);
            newestForgotten = Math.max(newestForgotten, oldest);
        }
    }
}
