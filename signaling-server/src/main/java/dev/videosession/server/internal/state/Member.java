package dev.videosession.server.internal.state;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import java.util.LinkedHashSet;
import java.util.Set;

/** A connection of a session, with its token and its streams. Changed by {@link SessionState} and {@link RosterLoad} only. */
final class Member {
    final ConnectionInfo info;
    final TokenPass pass;
    final Set<StreamId> streams = new LinkedHashSet<>();
    boolean lost;
    int rosterBytes;

    Member(ConnectionInfo info, TokenPass pass) {
        this.info = info;
        this.pass = pass;
    }

    Member copy() {
        Member copy = new Member(info, pass);
        copy.streams.addAll(streams);
        copy.lost = lost;
        copy.rosterBytes = rosterBytes;
        return copy;
    }
}
