package dev.videosession.server.internal.state;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.codec.RosterSize;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.StreamInfo;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session after the events that were applied to it. Only {@link #apply} changes it, so that the same events
 * give the same state wherever they are replayed. The cost of an event does not depend on the size of the session, except
 * for mute-all, which names its streams. Not thread-safe: it belongs to one loop.
 */
public final class LoggedState {
    private final Map<ConnectionId, Member> members = new LinkedHashMap<>();
    private final Map<StreamId, StreamInfo> streams = new LinkedHashMap<>();
    private final Bans bans = new Bans();
    private final RosterLoad load = new RosterLoad();
    private final Changes changes = new Changes();
    private boolean forceMuted;
    private long openedAt;
    private long sequence;
    private long changedAt;

    /** Creates the state of a session without events. */
    public LoggedState() {}

    /**
     * Copies the state, to decide commands whose predecessors are not in the log yet.
     *
     * @return a state that changes independently of this one
     */
    public LoggedState copy() {
        LoggedState copy = new LoggedState();
        for (Map.Entry<ConnectionId, Member> entry : members.entrySet()) {
            copy.members.put(entry.getKey(), entry.getValue().copy());
        }
        copy.streams.putAll(streams);
        copy.bans.addAll(bans);
        copy.load.set(load);
        copy.forceMuted = forceMuted;
        copy.openedAt = openedAt;
        copy.sequence = sequence;
        copy.changedAt = changedAt;
        return copy;
    }

    /**
     * Writes the state as events.
     *
     * @return events that lead from a state without events to this one, except for the number of the last event; see {@link #continueAfter}
     */
    public List<LoggedEvent> toEvents() {
        return SnapshotEvents.of(this, bans.all());
    }

    /**
     * Counts from another number on, after the events of {@link #toEvents} were applied to a state without events.
     *
     * @param lastSequence number of the last event of the state from which they were written
     */
    public void continueAfter(long lastSequence) {
        sequence = lastSequence;
        changedAt = lastSequence;
    }

    /**
     * Applies the next event.
     *
     * @param event what happened
     * @throws IllegalStateException if it cannot have happened in this state; the log is damaged
     */
    public void apply(LoggedEvent event) {
        if (!event.accept(changes)) {
            throw new IllegalStateException("Event does not fit the state: " + event);
        }
        sequence++;
        if (!(event instanceof LoggedEvent.Signal)) {
            changedAt = sequence;
        }
    }

    /**
     * Tells whether a decision may depend on these events.
     *
     * @param events of one command
     * @return false if they change no more than the number of the last event
     */
    public static boolean isChangedBy(List<LoggedEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            if (!(events.get(i) instanceof LoggedEvent.Signal)) {
                return true;
            }
        }
        return false;
    }

    /** Changes the state for each type of event. Every method returns whether the event fits the state. */
    private final class Changes implements LoggedEvent.Visitor<Boolean> {
        @Override
        public Boolean onConnectionCreated(LoggedEvent.ConnectionCreated event) {
            Member member = new Member(event.connection(), event.pass());
            if (members.isEmpty()) {
                openedAt = event.connection().creationTime();
            }
            if (members.putIfAbsent(event.connection().connectionId(), member) != null) {
                return false;
            }
            load.enter(member);
            return true;
        }

        @Override
        public Boolean onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
            Member member = members.get(event.connectionId());
            if (member == null || !member.streams.isEmpty()) {
                return false;
            }
            members.remove(event.connectionId());
            load.leave(member);
            if (event.banned() != null) {
                bans.add(event.banned());
            }
            if (members.isEmpty()) {
                forceMuted = false;
            }
            return true;
        }

        @Override
        public Boolean onConnectionReconnecting(LoggedEvent.ConnectionReconnecting event) {
            return setLost(event.connectionId(), true);
        }

        @Override
        public Boolean onConnectionReconnected(LoggedEvent.ConnectionReconnected event) {
            return setLost(event.connectionId(), false);
        }

        private boolean setLost(ConnectionId id, boolean lost) {
            Member member = members.get(id);
            if (member == null) {
                return false;
            }
            member.lost = lost;
            return true;
        }

        @Override
        public Boolean onStreamCreated(LoggedEvent.StreamCreated event) {
            Member publisher = members.get(event.stream().connectionId());
            if (publisher == null || streams.putIfAbsent(event.stream().streamId(), event.stream()) != null) {
                return false;
            }
            publisher.streams.add(event.stream().streamId());
            load.add(publisher, RosterSize.of(event.stream()));
            return true;
        }

        @Override
        public Boolean onStreamChanged(LoggedEvent.StreamChanged event) {
            return streams.computeIfPresent(event.streamId(), (id, stream) -> stream.with(event.change())) != null;
        }

        @Override
        public Boolean onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
            StreamInfo stream = streams.get(event.streamId());
            Member publisher = members.get(event.connectionId());
            if (stream == null || publisher == null) {
                return false;
            }
            streams.remove(event.streamId());
            publisher.streams.remove(event.streamId());
            load.add(publisher, -RosterSize.of(stream));
            return true;
        }

        @Override
        public Boolean onSignal(LoggedEvent.Signal event) {
            return true;
        }

        @Override
        public Boolean onMuteForced(LoggedEvent.MuteForced event) {
            if (event.newStreams()) {
                forceMuted = event.active();
            }
            return true;
        }
    }

    /** {@return the sequence of the last event that was applied, 0 before the first} */
    public long sequence() {
        return sequence;
    }

    /** {@return the number of the last event that was not a signal, or a later one if the state was read from a snapshot} */
    public long changedAt() {
        return changedAt;
    }

    /** {@return when the session was last empty and a client joined it, in milliseconds since the epoch; 0 before the first client} */
    public long openedAt() {
        return openedAt;
    }

    /** {@return whether new streams start muted: after a mute-all, until it is disabled or the session is empty} */
    public boolean forceMuted() {
        return forceMuted;
    }

    /** {@return the number of connections, including those whose socket is lost} */
    public int connectionCount() {
        return members.size();
    }

    /** {@return a live view of the streams, in the order in which they were published} */
    public Collection<StreamInfo> streams() {
        return Collections.unmodifiableCollection(streams.values());
    }

    /**
     * Finds a connection.
     *
     * @param id its id
     * @return the connection, or null
     */
    public @Nullable ConnectionInfo connection(ConnectionId id) {
        Member member = members.get(id);
        return member == null ? null : member.info;
    }

    /**
     * Finds a stream.
     *
     * @param id its id
     * @return the stream, or null
     */
    public @Nullable StreamInfo stream(StreamId id) {
        return streams.get(id);
    }

    /**
     * Tells whether a connection publishes a stream.
     *
     * @param id its id
     * @return true if it has at least one stream
     */
    public boolean isPublishing(ConnectionId id) {
        Member member = members.get(id);
        return member != null && !member.streams.isEmpty();
    }

    /**
     * Finds the token of a connection.
     *
     * @param id its id
     * @return the token, or null without such a connection
     */
    public @Nullable TokenPass pass(ConnectionId id) {
        Member member = members.get(id);
        return member == null ? null : member.pass;
    }

    /**
     * Lists the streams of a connection.
     *
     * @param id its id
     * @return a copy of their ids
     */
    public List<StreamId> streamsOf(ConnectionId id) {
        Member member = members.get(id);
        return member == null ? List.of() : List.copyOf(member.streams);
    }

    /**
     * Finds the connections that joined with a token.
     *
     * @param fingerprint of the token
     * @return a copy of their ids
     */
    public List<ConnectionId> holders(String fingerprint) {
        return members.values().stream()
                .filter(member -> member.pass.fingerprint().equals(fingerprint))
                .map(member -> member.info.connectionId())
                .toList();
    }

    /**
     * Tells whether the socket of a connection is lost.
     *
     * @param id its id
     * @return true between the loss of its socket and its resume
     */
    public boolean isLost(ConnectionId id) {
        Member member = members.get(id);
        return member != null && member.lost;
    }

    /** {@return a copy of the ids of the connections whose socket is lost} */
    public Set<ConnectionId> lost() {
        Set<ConnectionId> lost = new LinkedHashSet<>();
        members.forEach((id, member) -> {
            if (member.lost) {
                lost.add(id);
            }
        });
        return lost;
    }

    /**
     * Tells whether the session must be kept for its bans, even without connections.
     *
     * @param nowSeconds the time, in seconds since the epoch
     * @return true if a banned token has not expired
     */
    public boolean hasBansAt(long nowSeconds) {
        return bans.hasUnexpiredAt(nowSeconds);
    }

    /** {@return an immutable copy of the connections and streams} */
    public Roster roster() {
        List<ConnectionInfo> connections =
                members.values().stream().map(member -> member.info).toList();
        return new Roster(sequence, connections, List.copyOf(streams.values()), forceMuted);
    }

    /**
     * Finds a connection with its token and streams.
     *
     * @param id its id
     * @return the connection, or null
     */
    public @Nullable Member member(ConnectionId id) {
        return members.get(id);
    }

    /** {@return a live view of how much of the roster is used} */
    public RosterLoad load() {
        return load;
    }

    /**
     * Tells whether a token is banned.
     *
     * @param pass the token
     * @return true if a connection with this token was banned
     */
    public boolean isBanned(TokenPass pass) {
        return bans.contains(pass);
    }

    /** {@return a live view of the connections, in the order in which they joined} */
    public Collection<Member> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    /**
     * Selects all connections but one.
     *
     * @param member the one to leave out
     * @return the other connections, in the order in which they joined
     */
    public Stream<Member> others(Member member) {
        return members.values().stream().filter(other -> other != member);
    }

    /**
     * Tells whether a connection is the last moderator of the session.
     *
     * @param member a connection of the session
     * @return true if it is a moderator and no other connection is
     */
    public boolean isOnlyModerator(Member member) {
        return member.info.role() == Role.MODERATOR
                && others(member).noneMatch(other -> other.info.role() == Role.MODERATOR);
    }
}
