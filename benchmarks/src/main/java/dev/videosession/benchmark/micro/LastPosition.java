package dev.videosession.benchmark.micro;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.LogEntry;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.log.SessionLog;

/** Keeps the position of the last entry. Nothing else happens to a log with one writer. */
final class LastPosition implements SessionLog.Listener {
    private Position position = Position.START;

    Position position() {
        return position;
    }

    @Override
    public void done(Position last) {
        position = last;
    }

    @Override
    public void opened(SessionImage image) {}

    @Override
    public void diverged() {}

    @Override
    public void conflict() {}

    @Override
    public void fenced(Guard failed) {}

    @Override
    public void failed(Throwable cause) {}

    @Override
    public void recovered() {}

    @Override
    public void message(ConnectionId to, ServerMessage message) {}

    @Override
    public void released(ConnectionId connection) {}

    @Override
    public void given(ConnectionId connection) {}

    @Override
    public void mailed(ConnectionId connection, int bytes) {}

    @Override
    public boolean mail(ConnectionId to, ServerMessage message) {
        return false;
    }

    @Override
    public void missedMessages(Runnable then) {
        then.run();
    }

    @Override
    public void foreign(LogEntry entry) {}
}
