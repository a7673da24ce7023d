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

/**
 * The ordered events of one session, with the records that are written beside them, as one server reads and writes them. Other servers may
 * read and write the same log. No method blocks; all but {@link #heldBytes} are called on the session's loop, and so are the methods of the
 * {@link Listener}.
 */
public interface SessionLog extends AutoCloseable {
    /**
     * Gets the outcomes of appends and the entries of other servers. One object for the life of the session, so that an append
     * allocates nothing for its outcome.
     *
     * <p>Each append has exactly one outcome, on the session's loop: before {@link SessionLog#append} returns, or later. An
     * outcome arrives before any entry that is appended after it.
     */
    interface Listener {
        /**
         * The log was read for the first time. Called once, before everything else, if the log {@link SessionLog#isOpening is opening}
         * when it is created. Commands may be decided from now on.
         *
         * @param image what other servers have written
         */
        void opened(SessionImage image);

        /**
         * The log no longer contains what this server has read, because it lost entries: other entries may have their numbers. No
         * other method is called after this one. The session must be closed and opened again.
         */
        void diverged();

        /**
         * Everything was written.
         *
         * @param last position of the last entry, or the expected position if there were only records
         */
        void done(Position last);

        /**
         * Nothing was written, because another server has appended. Its entries were passed to {@link #foreign} before this call:
         * decide again.
         */
        void conflict();

        /**
         * Nothing was written, because another server owns a connection now.
         *
         * @param failed the condition that did not hold
         */
        void fenced(Guard failed);

        /**
         * Whether anything was written is not known. Nothing may be appended until {@link #recovered}.
         *
         * @param cause why; a {@link LogUnavailableException} if it is no bug
         */
        void failed(Throwable cause);

        /**
         * The log was read again after a failure. Whatever entries it holds beyond the last known position, those of the failed
         * append included, were passed to {@link #foreign} before this call, and the records are up to date.
         */
        void recovered();

        /**
         * A message for a connection that this server owns came from another server.
         *
         * @param to the connection
         * @param message the message
         */
        void message(ConnectionId to, ServerMessage message);

        /**
         * A message waits for a connection that this server owns: see {@link SessionLog#takeMail}.
         *
         * @param connection the connection
         * @param bytes length of the message, or 0 if that is not known
         */
        void mailed(ConnectionId connection, int bytes);

        /**
         * Delivers a message that has waited for a connection. Called once for each message that it delivers.
         *
         * @param to the connection
         * @param message the message
         * @return false if the client cannot receive it now: it waits for the next {@link SessionLog#takeMail}, of this server or of another
         *     one
         */
        boolean mail(ConnectionId to, ServerMessage message);

        /**
         * Another server has taken a connection over.
         *
         * @param connection the connection, which this server owns no longer
         */
        void released(ConnectionId connection);

        /**
         * Another server has handed a connection over to this one, see the records.
         *
         * @param connection the connection
         */
        void given(ConnectionId connection);

        /**
         * Messages from other servers may have been lost.
         *
         * @param then to be called when the log was asked for everything that this server must read because of that, and has answered:
         *     other sessions wait for it
         */
        void missedMessages(Runnable then);

        /**
         * An entry was appended by another server, or by an append of this server that failed.
         *
         * @param entry the next entry after those already known
         */
        void foreign(LogEntry entry);
    }

    /**
     * Appends entries and writes records, all or nothing. A record about a connection or a stream that an entry of the same step
     * ends is not kept. The position is compared before the guards: the end of a connection
     * that another server has logged is a conflict, not a fence.
     *
     * @param step not empty; must not be changed before the outcome. At most one step is under way at a time, and none while the log
     *     {@linkplain #isOpening is opening}
     * @throws RuntimeException if the log has a fault. No outcome of this step may follow; whether it was written is not known
     */
    void append(Append step);

    /**
     * Returns the events after a point, as far as this server keeps them.
     *
     * @param after number of the last event that the reader knows, 0 for none
     * @return the later events in order, the first of which has the number {@code after + 1}; empty if the log does not reach
     *     back that far, or ends before
     */
    Optional<List<LoggedEvent>> read(long after);

    /** {@return the number under which this server owned connections when it opened the log} */
    long epoch();

    /** {@return whether what other servers have written is still being read; see {@link Listener#opened}} */
    boolean isOpening();

    /**
     * Reads what other servers have appended, even if this server was not notified of it.
     *
     * @param then called when everything that was in the log at the time of this call was passed to {@link Listener#foreign}, or when
     *     the log cannot be read
     */
    void sync(Runnable then);

    /**
     * Reads the records of a connection, which another server may have written.
     *
     * @param connection the connection
     * @param streams that it publishes
     * @param then called with true when {@link #records} has them, or with false if the log cannot be read
     */
    void fetch(ConnectionId connection, Collection<StreamId> streams, Consumer<Boolean> then);

    /**
     * Lists the owners of the session's connections.
     *
     * @param then gets the epoch of each connection's server, or null if the log cannot be read
     */
    void owners(Consumer<@Nullable Map<ConnectionId, Long>> then);

    /**
     * Sends a message to a connection that another server owns. It may be lost, for example with that server. A link is opened once
     * more with the subscription that the log has when the message passes it, and not at all if it has been closed since: the
     * message arrives in order with {@linkplain SideRecord.LinkNotice notices} of the link's changes.
     *
     * @param to the connection
     * @param message the message
     */
    void send(ConnectionId to, ServerMessage message);

    /**
     * Passes the {@linkplain SideRecord.Mail messages} that wait for a connection to {@link Listener#mail}.
     *
     * @param connection a connection that this server owns, and whose client can receive messages now
     */
    void takeMail(ConnectionId connection);

    /** {@return whether it is time for {@link #storeSnapshot}} */
    boolean isSnapshotDue();

    /**
     * Stores the state at the last known position, so that older entries need not be kept.
     *
     * @param state at this position, which is only read
     */
    void storeSnapshot(LoggedState state);

    /** {@return where events are read from; see {@link ClientRecord#origin}. Null if no other server can read the log} */
    @Nullable
    String origin();

    /**
     * Returns the side records.
     *
     * @return the records as of the last outcome or foreign entry
     */
    SessionRecords records();

    /**
     * Returns what this log has encoded for the last append.
     *
     * @return a live view, which has messages from {@link #append} until after its outcome
     */
    EncodedMessages encoded();

    /**
     * Returns how much memory the events take. May be called on any thread.
     *
     * @return approximate bytes
     */
    long heldBytes();

    /** Drops the older half of the events that this server keeps for {@link #read}, to save memory. */
    void shorten();

    /** Ends reading and writing: the listener is not called any more. What was written stays for other servers. */
    @Override
    void close();
}
