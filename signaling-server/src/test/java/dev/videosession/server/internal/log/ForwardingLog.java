package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log that passes everything but appends on to a log in memory, and listens to it. */
abstract class ForwardingLog implements SessionLog, SessionLog.Listener {
    /** {@return the log in memory} */
    abstract SessionLog log();

    @Override
    public Optional<List<LoggedEvent>> read(long after) {
        return log().read(after);
    }

    @Override
    public long epoch() {
        return log().epoch();
    }

    @Override
    public boolean isOpening() {
        return log().isOpening();
    }

    @Override
    public void sync(Runnable then) {
        log().sync(then);
    }

    @Override
    public void fetch(ConnectionId connection, Collection<StreamId> streams, Consumer<Boolean> then) {
        log().fetch(connection, streams, then);
    }

    @Override
    public void owners(Consumer<@Nullable Map<ConnectionId, Long>> then) {
        log().owners(then);
    }

    @Override
    public void send(ConnectionId to, ServerMessage message) {
        log().send(to, message);
    }

    @Override
    public void takeMail(ConnectionId connection) {
        log().takeMail(connection);
    }

    @Override
    public boolean isSnapshotDue() {
        return false;
    }

    @Override
    public void storeSnapshot(LoggedState state) {
        log().storeSnapshot(state);
    }

    @Override
    public @Nullable String origin() {
        return log().origin();
    }

    @Override
    public SessionRecords records() {
        return log().records();
    }

    @Override
    public EncodedMessages encoded() {
        return log().encoded();
    }

    @Override
    public long heldBytes() {
        return log().heldBytes();
    }

    @Override
    public void shorten() {
        log().shorten();
    }

    @Override
    public void close() {
        log().close();
    }

    @Override
    public void opened(SessionImage image) {
        throw new AssertionError("a log in memory neither opens late nor loses entries");
    }

    @Override
    public void diverged() {
        throw new AssertionError("a log in memory neither opens late nor loses entries");
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
}
