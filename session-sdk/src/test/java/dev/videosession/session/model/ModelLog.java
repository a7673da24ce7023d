package dev.videosession.session.model;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What really happened in the session, as the server's observer saw it, in the words in which {@link ModelListener} writes
 * down what an application heard.
 */
final class ModelLog {
    /** One life of the session: from the first to enter to the last to leave. */
    static final class Life {
        final List<Happened> events = new ArrayList<>();

        Happened last() {
            return events.get(events.size() - 1);
        }
    }

    /**
     * One event.
     *
     * @param sequence its number
     * @param lines what an application hears of it
     * @param owner whose connection, or whose stream, it is about; null if it concerns no connection
     * @param aboutConnection whether it is about the coming and going of its owner
     * @param mayHearOwn whether its owner hears of it, too
     */
    record Happened(
            long sequence,
            List<String> lines,
            @Nullable ConnectionId owner,
            boolean aboutConnection,
            boolean mayHearOwn) {
        List<String> heardBy(ConnectionId listener, boolean suppressed) {
            boolean own = listener.equals(owner) && !mayHearOwn;
            return own || (suppressed && aboutConnection) ? List.of() : lines;
        }
    }

    final Map<ConnectionId, Life> lifeOf = new HashMap<>();
    final Map<ConnectionId, Long> entered = new HashMap<>();
    final Map<ConnectionId, DisconnectReason> left = new HashMap<>();
    final Map<ConnectionId, Long> lostAt = new HashMap<>();
    final Map<String, Integer> signals = new HashMap<>();
    /** The clients that ever entered a server that died. */
    final Set<ConnectionId> ofDeadServers = new HashSet<>();
    /** The clients that were connected when a server died. */
    final Set<ConnectionId> forgotten = new HashSet<>();

    /** Connections that may have heard of events that were lost since. */
    final Set<ConnectionId> forked = new HashSet<>();

    Consumer<String> trace = line -> {};
    Consumer<String> wrong = line -> {};
    /** Everything that happened, over all lives. */
    long count;

    private Life life = new Life();

    void serverDied() {
        ofDeadServers.addAll(entered.keySet());
        forgotten.addAll(entered.keySet());
        forgotten.removeAll(left.keySet());
        trace.accept("server dies");
    }

    /** The newest resume keys may be lost, and clients that have no other start over. */
    void mayStartOver() {
        ofDeadServers.addAll(entered.keySet());
        forgotten.addAll(entered.keySet());
        forgotten.removeAll(left.keySet());
    }

    /** The log has lost everything after an event. What was heard of it was true when it was heard. */
    void lost(long sequence) {
        trace.accept("the log loses everything after " + sequence);
        List<Happened> gone = new ArrayList<>(
                life.events.stream().filter(each -> each.sequence() > sequence).toList());
        life.events.removeAll(gone);
        gone.stream()
                .flatMap(each -> each.lines().stream())
                .filter(line -> line.startsWith("G "))
                .forEach(line -> signals.remove(line.substring(line.lastIndexOf(' ') + 1)));
        forked.addAll(entered.keySet());
        entered.forEach((id, at) -> {
            if (at > sequence && lifeOf.get(id) == life) {
                ofDeadServers.add(id);
                forgotten.add(id);
            }
        });
    }

    AssertionError wrong(String what) {
        wrong.accept(what);
        return new AssertionError(what);
    }

    void happens(long nowMillis, LoggedState before, LoggedEvent event) {
        count++;
        long sequence = before.sequence() + 1;
        if (sequence == 1) {
            life = new Life();
        }
        trace.accept("server: " + sequence + " " + event);
        if (event instanceof LoggedEvent.ConnectionReconnecting e) {
            lostAt.put(e.connectionId(), nowMillis);
        } else if (event instanceof LoggedEvent.ConnectionReconnected e) {
            lostAt.remove(e.connectionId());
        }
        life.events.add(translate(sequence, before, event));
    }

    private Happened translate(long sequence, LoggedState before, LoggedEvent event) {
        if (event instanceof LoggedEvent.ConnectionCreated e) {
            ConnectionId id = e.connection().connectionId();
            lifeOf.put(id, life);
            entered.put(id, sequence);
            return about(sequence, id, "C+ " + id);
        } else if (event instanceof LoggedEvent.ConnectionDestroyed e) {
            left.put(e.connectionId(), e.reason());
            return about(sequence, e.connectionId(), "C- " + e.connectionId() + " " + e.reason() + " " + e.detail());
        } else if (event instanceof LoggedEvent.ConnectionReconnecting e) {
            return about(sequence, e.connectionId(), "C? " + e.connectionId());
        } else if (event instanceof LoggedEvent.ConnectionReconnected e) {
            return about(sequence, e.connectionId(), "C! " + e.connectionId());
        } else if (event instanceof LoggedEvent.StreamCreated e) {
            return new Happened(
                    sequence, List.of("S+ " + e.stream().streamId()), e.stream().connectionId(), false, false);
        } else if (event instanceof LoggedEvent.StreamChanged e) {
            StreamInfo old = before.stream(e.streamId());
            if (old == null) {
                throw new AssertionError("change of an unknown stream: " + e);
            }
            return new Happened(sequence, changes(old, old.with(e.change())), old.connectionId(), false, false);
        } else if (event instanceof LoggedEvent.StreamDestroyed e) {
            return new Happened(
                    sequence, List.of("S- " + e.streamId() + " " + e.reason()), e.connectionId(), false, false);
        } else if (event instanceof LoggedEvent.Signal e) {
            signals.merge(String.valueOf(e.data()), 1, Integer::sum);
            return new Happened(sequence, List.of("G " + e.signalType() + " " + e.data()), null, false, true);
        } else if (event instanceof LoggedEvent.MuteForced e) {
            return new Happened(sequence, e.newStreams() ? List.of("M " + e.active()) : List.of(), null, false, true);
        }
        throw new AssertionError("unknown event " + event);
    }

    private static Happened about(long sequence, ConnectionId id, String line) {
        return new Happened(sequence, List.of(line), id, true, false);
    }

    static List<String> changes(StreamInfo old, StreamInfo now) {
        List<String> lines = new ArrayList<>();
        change(lines, now.streamId(), "hasAudio", old.hasAudio(), now.hasAudio());
        change(lines, now.streamId(), "hasVideo", old.hasVideo(), now.hasVideo());
        change(lines, now.streamId(), "videoType", old.videoType(), now.videoType());
        change(lines, now.streamId(), "videoDimensions", old.dimensions(), now.dimensions());
        return lines;
    }

    private static void change(
            List<String> lines, StreamId id, String property, @Nullable Object old, @Nullable Object now) {
        if (now != null && !now.equals(old)) {
            lines.add(changed(id, property, old, now));
        }
    }

    static String changed(StreamId id, String property, @Nullable Object old, @Nullable Object now) {
        return "P " + id + " " + property + " " + old + " -> " + now;
    }
}
