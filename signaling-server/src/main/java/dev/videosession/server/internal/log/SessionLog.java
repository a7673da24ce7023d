package dev.videosession.server.internal.log;

import dev.videosession.server.internal.state.SessionEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The events of one session, in the order that counts. Calls do not block; which threads may make them is up to the
 * implementation.
 */
public interface SessionLog {
    /** Passed as the expected sequence by writers whose events fit any state. */
    long ANY = -1;

    /**
     * An event at its place.
     *
     * @param sequence 1 for the first event of the session
     * @param event what happened
     */
    record Entry(long sequence, SessionEvent event) {}

    /** How an append ended. */
    sealed interface Append {
        /**
         * The events are in the log.
         *
         * @param sequence of the last of them
         */
        record Done(long sequence) implements Append {}

        /**
         * Somebody else appended in between: read what is new and decide again.
         *
         * @param sequence of the last event in the log
         */
        record Conflict(long sequence) implements Append {}
    }

    /**
     * Adds events, all or none.
     *
     * @param expected the sequence of the last event that the writer knows, or {@link #ANY}
     * @param events at least one
     * @return how it ended
     */
    Append append(long expected, List<SessionEvent> events);

    /**
     * Reads everything after a point.
     *
     * @param after the sequence of the last event that the reader knows, 0 for none
     * @return the later events in order; absent if the log no longer or not yet reaches back that far
     */
    Optional<List<Entry>> read(long after);

    /**
     * Returns how much memory the log takes. May be called on any thread.
     *
     * @return bytes, about
     */
    long heldBytes();

    /** Forgets the older half of what it keeps, to save memory. */
    void shorten();

    /**
     * Passes every event after a point on, those that are there before this method returns and those to come as they
     * are appended, in order and on the thread that appends.
     *
     * @param after as for {@link #read}
     * @param consumer must not throw and must not append
     * @return closes the tail
     * @throws IllegalArgumentException if the log does not reach that point
     */
    AutoCloseable tail(long after, Consumer<Entry> consumer);
}
