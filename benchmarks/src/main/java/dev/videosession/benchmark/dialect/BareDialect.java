package dev.videosession.benchmark.dialect;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A broadcaster without tokens, events and acknowledgments: the path is the session, and each text goes to all members. */
public final class BareDialect implements Dialect {
    @Override
    public Member member(int session, boolean moderator, boolean memberEvents) {
        return new Member("/" + session, "", memberEvents);
    }

    @Override
    public String path(Member member) {
        return member.session();
    }

    @Override
    public boolean waitsForReady() {
        return false;
    }

    @Override
    public byte @Nullable [] join(Member member) {
        return null;
    }

    @Override
    public FrameKind kind(ByteBuffer buffer, int offset, int length) {
        return FrameKind.MESSAGE;
    }

    @Override
    public String connectionId(String joined) {
        return "";
    }

    @Override
    public String message(long request, String text) {
        return text + "\"}"; // as long a tail as in the other dialects
    }

    @Override
    public String remove(long request, String connectionId) {
        throw new UnsupportedOperationException("a bare broadcaster removes no clients");
    }

    @Override
    public byte @Nullable [] pong() {
        return null;
    }

    @Override
    public byte @Nullable [] heartbeat() {
        return null;
    }

    @Override
    public long heartbeatMillis() {
        return 0;
    }
}
