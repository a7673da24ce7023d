package dev.videosession.server.internal.log;

import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a log has encoded to write them, in the form in which clients receive them: they are not encoded again. Objects are
 * found by their identity. Belongs to the session's loop.
 */
public final class EncodedMessages {
    private @Nullable IdentityHashMap<ServerMessage, byte[]> messages;
    private @Nullable IdentityHashMap<LoggedEvent, Event> events;

    /** The message of an event, which contains the event's number. */
    private static final class Event {
        final long sequence;
        final byte[] utf8;

        Event(long sequence, byte[] utf8) {
            this.sequence = sequence;
            this.utf8 = utf8;
        }
    }

    /** Creates an empty set. */
    public EncodedMessages() {}

    /**
     * Adds a message.
     *
     * @param message the message
     * @param utf8 its encoded form, which must not be changed
     */
    public void put(ServerMessage message, byte[] utf8) {
        if (messages == null) {
            messages = new IdentityHashMap<>();
        }
        messages.put(message, utf8);
    }

    /**
     * Adds the message of an event.
     *
     * @param event the event
     * @param sequence its number
     * @param utf8 the encoded message, which must not be changed
     */
    public void put(LoggedEvent event, long sequence, byte[] utf8) {
        if (events == null) {
            events = new IdentityHashMap<>();
        }
        events.put(event, new Event(sequence, utf8));
    }

    /**
     * Finds a message.
     *
     * @param message the object that was added
     * @return its encoded form, or null if there is none
     */
    public byte @Nullable [] find(ServerMessage message) {
        return messages == null ? null : messages.get(message);
    }

    /**
     * Finds the message of an event.
     *
     * @param event the object that was added
     * @param sequence its number
     * @return the encoded message, or null if there is none with this number
     */
    public byte @Nullable [] find(LoggedEvent event, long sequence) {
        Event found = events == null ? null : events.get(event);
        return found == null || found.sequence != sequence ? null : found.utf8;
    }

    /** Removes everything. */
    public void clear() {
        messages = null;
        events = null;
    }
}
