package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a log reports. */
class RecordingListener implements SessionLog.Listener {
    final List<Object> reports = new ArrayList<>();

    /** An outcome without details. */
    enum Outcome {
        CONFLICT,
        RECOVERED,
        DIVERGED
    }

    /** {@return what was reported since the last call} */
    List<Object> take() {
        List<Object> taken = List.copyOf(reports);
        reports.clear();
        return taken;
    }

    @Override
    public void opened(SessionImage image) {
        // the content of an opened log is not an outcome
    }

    @Override
    public void diverged() {
        reports.add(Outcome.DIVERGED);
    }

    @Override
    public void message(ConnectionId to, ServerMessage message) {
        throw new AssertionError("no server sends messages");
    }

    @Override
    public void mailed(ConnectionId connection, int bytes) {
        throw new AssertionError("no server sends messages");
    }

    @Override
    public boolean mail(ConnectionId to, ServerMessage message) {
        throw new AssertionError("no server sends messages");
    }

    @Override
    public void released(ConnectionId connection) {
        throw new AssertionError("nothing is taken over");
    }

    @Override
    public void given(ConnectionId connection) {
        throw new AssertionError("nothing is handed over");
    }

    @Override
    public void missedMessages(Runnable then) {
        then.run(); // nothing to read again
    }

    @Override
    public void done(Position last) {
        reports.add(last);
    }

    @Override
    public void conflict() {
        reports.add(Outcome.CONFLICT);
    }

    @Override
    public void fenced(Guard failed) {
        reports.add(failed);
    }

    @Override
    public void failed(Throwable cause) {
        reports.add(cause);
    }

    @Override
    public void recovered() {
        reports.add(Outcome.RECOVERED);
    }

    @Override
    public void foreign(LogEntry entry) {
        reports.add(entry);
    }
}
