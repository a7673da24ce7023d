package dev.videosession.server.internal.state;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** A connection of a session, with its token and its streams. Changed by {@link LoggedState} and {@link RosterLoad} only. */
public final class Member {
    final ConnectionInfo info;
    final TokenPass pass;
    final Set<StreamId> streams = new LinkedHashSet<>();
    boolean lost;
    int rosterBytes;

    Member(ConnectionInfo info, TokenPass pass) {
        this.info = info;
        this.pass = pass;
    }

    /** {@return the connection as clients see it} */
    public ConnectionInfo info() {
        return info;
    }

    /** {@return the identity of its token} */
    public TokenPass pass() {
        return pass;
    }

    /** {@return a live view of the ids of its streams, in the order in which they were published} */
    public Set<StreamId> streams() {
        return Collections.unmodifiableSet(streams);
    }

    /** {@return the bytes of the connection and its streams in an encoded roster} */
    public int rosterBytes() {
        return rosterBytes;
    }

    Member copy() {
        Member copy = new Member(info, pass);
        copy.streams.addAll(streams);
        copy.lost = lost;
        copy.rosterBytes = rosterBytes;
        return copy;
    }
}
