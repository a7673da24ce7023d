package dev.videosession.server.internal.redis.schema;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;

/**
 * The names of the keys of one session. They share a hash tag.
 *
 * @param session its id
 * @param prefix of all of them
 * @param log the stream of entries
 * @param connections records of connections
 * @param nodes the servers that hold a copy of the session
 * @param snapshot the state at one point of the log
 */
public record SessionKeys(
        String session, String prefix, String log, String connections, String nodes, String snapshot) {
    /** The channel of messages to all servers. */
    public static final String CLUSTER_CHANNEL = "vs:cluster";

    /** The set of sessions with connections. */
    public static final String SESSIONS = "vs:sessions";

    /**
     * Names the keys of a session.
     *
     * @param session the session
     * @return its keys
     */
    public static SessionKeys of(SessionId session) {
        String prefix = "vs:{" + session.value() + "}:";
        return new SessionKeys(
                session.value(), prefix, prefix + "log", prefix + "connections", prefix + "nodes", prefix + "snapshot");
    }

    /**
     * Names the key of the links of a stream.
     *
     * @param stream the stream
     * @return the key
     */
    public String links(StreamId stream) {
        return prefix + "links:" + stream.value();
    }
}
