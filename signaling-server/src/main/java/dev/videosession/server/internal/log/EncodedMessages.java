package dev.videosession.server.internal.log;

import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a log has encoded to write them, in the form in which clients receive them: they are not encoded again. Objects are
 * found by their identity, at once if they are asked for in the order in which they were added. Belongs to the session's loop.
 */
public final class EncodedMessages {
    private @Nullable Step step;

    /** What was encoded for one step of the log. The numbers of its events follow each other. */
    private static final class Step {
        final List<ServerMessage> messages = new ArrayList<>();
        final List<byte[]> ofMessages = new ArrayList<>();
        final List<LoggedEvent> events = new ArrayList<>();
        final List<byte[]> ofEvents = new ArrayList<>();
        long firstSequence;
        int next;

        byte @Nullable [] find(ServerMessage message) {
            int count = messages.size();
            for (int i = 0; i < count; i++) {
                int index = (next + i) % count;
                if (messages.get(index) == message) {
                    next = index + 1;
                    return ofMessages.get(index);
                }
            }
            return null;
        }

        byte @Nullable [] find(LoggedEvent event, long sequence) {
            long index = sequence - firstSequence;
            return index >= 0 && index < events.size() && events.get((int) index) == event
                    ? ofEvents.get((int) index)
                    : null;
        }
    }

    /** Creates an empty set. */
    public EncodedMessages() {}

    private Step step() {
        Step current = step;
        if (current == null) {
            current = new Step();
            step = current;
        }
        return current;
    }

    /**
     * Adds a message.
     *
     * @param message the message
     * @param utf8 its encoded form, which must not be changed
     */
    public void put(ServerMessage message, byte[] utf8) {
        Step current = step();
        current.messages.add(message);
        current.ofMessages.add(utf8);
    }

    /**
     * Adds the message of an event.
     *
     * @param event the event
     * @param sequence its number, which follows that of the event before it
     * @param utf8 the encoded message, which must not be changed
     */
    public void put(LoggedEvent event, long sequence, byte[] utf8) {
        Step current = step();
        if (current.events.isEmpty()) {
            current.firstSequence = sequence;
        }
        current.events.add(event);
        current.ofEvents.add(utf8);
    }

    /**
     * Finds a message.
     *
     * @param message the object that was added
     * @return its encoded form, or null if there is none
     */
    public byte @Nullable [] find(ServerMessage message) {
        Step current = step;
        return current == null ? null : current.find(message);
    }

    /**
     * Finds the message of an event.
     *
     * @param event the object that was added
     * @param sequence its number
     * @return the encoded message, or null if there is none with this number
     */
    public byte @Nullable [] find(LoggedEvent event, long sequence) {
        Step current = step;
        return current == null ? null : current.find(event, sequence);
    }

    /** Removes everything. */
    public void clear() {
        step = null;
    }
}
