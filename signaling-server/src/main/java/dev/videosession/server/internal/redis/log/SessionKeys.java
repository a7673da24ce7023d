package dev.videosession.server.internal.redis.log;

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
record SessionKeys(String session, String prefix, String log, String connections, String nodes, String snapshot) {
    static final String CLUSTER_CHANNEL = "vs:cluster";

    /** The set of sessions with connections. */
    static final String SESSIONS = "vs:sessions";

    static SessionKeys of(SessionId session) {
        String prefix = "vs:{" + session.value() + "}:";
        return new SessionKeys(
                session.value(), prefix, prefix + "log", prefix + "connections", prefix + "nodes", prefix + "snapshot");
    }

    /** {@return the key of the links of a stream} */
    String links(StreamId stream) {
        return prefix + "links:" + stream.value();
    }
}
