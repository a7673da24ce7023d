package dev.videosession.app.cluster;

import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client has received, and what of it must not have happened. Thread-safe. */
final class ClientHistory {
    /** The type of signals that are counted and not kept. */
    static final String EXCHANGED = "exchange";

    private final List<String> violations = new ArrayList<>();
    private final List<SequencedEvent> events = new ArrayList<>();
    private final List<Long> missing = new ArrayList<>();
    private final List<Long> absencesMillis = new ArrayList<>();
    private final Map<Long, ServerMessage.Reply> replies = new LinkedHashMap<>();
    private ServerMessage.@Nullable Disconnected end;
    private long endedAt;
    private long sequence;
    private int rosters;
    private int startedOver;
    private long exchanged;

    /** Begins with what the server says at the connect. */
    synchronized void began(long rosterSequence) {
        sequence = rosterSequence;
    }

    synchronized void event(SequencedEvent event) {
        if (event.sequence() <= sequence) {
            violations.add("event " + event.sequence() + " after " + sequence);
        }
        for (long number = sequence + 1; number < event.sequence(); number++) {
            missing.add(number);
        }
        sequence = event.sequence();
        if (event instanceof SequencedEvent.Signal signal && EXCHANGED.equals(signal.signalType())) {
            exchanged++;
        } else {
            events.add(event);
        }
    }

    synchronized void resumed(ServerMessage.Resumed resumed, long absenceMillis) {
        if (resumed.roster() != null) {
            rosters++;
            sequence = resumed.roster().sequence();
        }
        absencesMillis.add(absenceMillis);
    }

    synchronized void reply(ServerMessage.Reply reply) {
        replies.put(reply.id(), reply);
    }

    synchronized void ended(ServerMessage.Disconnected disconnected) {
        end = disconnected;
        endedAt = System.nanoTime();
    }

    /** The server has lost the connection: the next one is a new one. */
    synchronized void lostConnection() {
        startedOver++;
        sequence = 0;
    }

    synchronized void violation(String what) {
        violations.add(what);
    }

    /** {@return the number of the last event, 0 before the first connection} */
    synchronized long sequence() {
        return sequence;
    }

    /** How often the client got a new connection. */
    synchronized int startedOver() {
        return startedOver;
    }

    /** How many signals of the type {@link #EXCHANGED} have arrived. */
    synchronized long exchanged() {
        return exchanged;
    }

    /** The number of the last signal, 0 for none. */
    synchronized long sequenceOfLastSignal() {
        return events.stream()
                .filter(SequencedEvent.Signal.class::isInstance)
                .mapToLong(SequencedEvent::sequence)
                .max()
                .orElse(0);
    }

    /** What must not have happened. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized List<SequencedEvent> events() {
        return List.copyOf(events);
    }

    synchronized Map<Long, ServerMessage.Reply> replies() {
        return Map.copyOf(replies);
    }

    /** The numbers between received events that were not received: after a resume, those of events about the own connection. */
    synchronized List<Long> missing() {
        return List.copyOf(missing);
    }

    /** How long each absence took, from the loss to the resumed connection. */
    synchronized List<Long> absencesMillis() {
        return List.copyOf(absencesMillis);
    }

    /** How often the roster replaced missed events. */
    synchronized int rosters() {
        return rosters;
    }

    synchronized ServerMessage.@Nullable Disconnected end() {
        return end;
    }

    /** When the client was removed, by {@link System#nanoTime}. */
    synchronized long endedAt() {
        return endedAt;
    }
}
