package dev.videosession.session.internal.stream;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.session.ChangedProperty;
import dev.videosession.session.Connection;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.internal.dispatch.EventDispatcher;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.roster.RosterStream;
import dev.videosession.session.internal.roster.SessionRoster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the session's log: applies its events to the roster and dispatches what changed to the application. An event that
 * was applied before is ignored. Used on the session's loop.
 */
public final class RosterUpdater {
    private static final Logger LOG = LoggerFactory.getLogger(RosterUpdater.class);

    private final EventDispatcher events;
    private final SessionRoster roster;
    private final LocalStreams local;
    private final RemoteStreams remote;
    private final ConnectionId own;
    private final boolean suppressed;
    private final Changes changes = new Changes();
    private long sequence;

    public RosterUpdater(
            EventDispatcher events,
            SessionRoster roster,
            LocalStreams local,
            RemoteStreams remote,
            ConnectionId own,
            boolean suppressed) {
        this.events = events;
        this.roster = roster;
        this.local = local;
        this.remote = remote;
        this.own = own;
        this.suppressed = suppressed;
    }

    public long sequence() {
        return sequence;
    }

    /**
     * Fills the roster when the session connects.
     *
     * @return the events that announce its content, to be dispatched
     */
    public List<SessionEvent> begin(Roster initial) {
        sequence = initial.sequence();
        List<SessionEvent> announcements = new ArrayList<>();
        for (ConnectionInfo info : initial.connections()) {
            Connection connection = roster.add(info);
            if (!suppressed) {
                announcements.add(new SessionEvent.ConnectionCreated(connection));
            }
        }
        for (StreamInfo info : initial.streams()) {
            Stream stream = roster.add(info);
            if (stream != null) {
                announcements.add(new SessionEvent.StreamCreated(stream));
            }
        }
        return announcements;
    }

    public void apply(SequencedEvent event) {
        if (event.sequence() <= sequence) {
            return;
        }
        sequence = event.sequence();
        event.accept(changes);
    }

    /** An event that this version does not know counts as applied. */
    public void skip(long unknown) {
        sequence = Math.max(sequence, unknown);
    }

    public void apply(ServerMessage.DirectSignal signal) {
        signal(signal.from(), signal.signalType(), signal.data());
    }

    private void connectionCreated(ConnectionInfo info) {
        if (roster.connection(info.connectionId()) != null) {
            return;
        }
        Connection connection = roster.add(info);
        if (!suppressed) {
            events.post(new SessionEvent.ConnectionCreated(connection));
        }
    }

    private void connectionDestroyed(ConnectionId id, DisconnectReason reason, DisconnectDetail detail) {
        Connection connection = roster.remove(id);
        if (connection != null && !id.equals(own) && !suppressed) {
            events.post(new SessionEvent.ConnectionDestroyed(connection, reason, detail));
        }
    }

    private void streamCreated(StreamInfo info) {
        if (roster.stream(info.streamId()) != null) {
            return;
        }
        Stream stream = roster.add(info);
        if (stream == null) {
            LOG.warn(
                    "event=streamIgnored stream={} connection={} reason=\"unknown connection\"",
                    info.streamId(),
                    info.connectionId());
        } else if (!info.connectionId().equals(own)) {
            events.post(new SessionEvent.StreamCreated(stream));
        }
    }

    private void streamChanged(StreamId id, StreamChange change) {
        RosterStream stream = roster.stream(id);
        if (stream == null) {
            return;
        }
        if (Boolean.TRUE.equals(change.hasAudio())) {
            local.serverReportsAudio(id);
        }
        for (SessionRoster.PropertyChange each : SessionRoster.change(stream, change)) {
            events.post(
                    new SessionEvent.StreamPropertyChanged(stream, each.property(), each.oldValue(), each.newValue()));
            if (each.property() == ChangedProperty.HAS_VIDEO) {
                remote.videoChanged(id, stream.hasVideo());
            }
        }
    }

    private void streamDestroyed(StreamId id, StreamDestroyReason reason) {
        Stream stream = roster.remove(id);
        if (stream == null
                || local.ended(id, reason)
                || stream.connection().id().equals(own)) {
            return;
        }
        List<RemoteSubscriber> subscribers = remote.ended(id);
        events.post(
                new StreamDestroyedEvent(stream, reason),
                () -> subscribers.forEach(each -> each.destroyNow(SessionErrors.streamEnded(reason))));
    }

    private void signal(@Nullable ConnectionId from, @Nullable String type, @Nullable String data) {
        events.post(new SessionEvent.Signal(type, data, roster.source(from)));
    }

    private void muteForced(SequencedEvent.MuteForced muted) {
        if (muted.active()) {
            local.muted(muted.streamIds());
        }
        if (muted.newStreams()) {
            events.post(new SessionEvent.MuteForced(muted.active()));
        }
    }

    /** Ends everything that belonged to a lost connection, dispatches that to the application, and empties the roster. */
    public void startOver() {
        for (Stream stream : roster.streams()) {
            if (!stream.connection().id().equals(own)) {
                streamDestroyed(stream.id(), StreamDestroyReason.NETWORK_DISCONNECTED);
            }
        }
        for (Connection connection : roster.connections()) {
            connectionDestroyed(connection.id(), DisconnectReason.NETWORK_DISCONNECTED, DisconnectDetail.OTHER);
        }
        roster.clear();
        local.startOver();
    }

    /** Makes the roster equal to the one of the server, and dispatches every difference as if it had been an event. */
    public void reconcile(Roster truth) {
        Map<ConnectionId, ConnectionInfo> connections = new HashMap<>();
        truth.connections().forEach(info -> connections.put(info.connectionId(), info));
        Set<StreamId> streams = new HashSet<>();
        truth.streams().forEach(info -> streams.add(info.streamId()));
        for (Stream stream : roster.streams()) {
            if (!streams.contains(stream.id())) {
                boolean ownerLeft = !connections.containsKey(stream.connection().id());
                streamDestroyed(
                        stream.id(),
                        ownerLeft ? StreamDestroyReason.NETWORK_DISCONNECTED : StreamDestroyReason.CLIENT_DISCONNECTED);
            }
        }
        for (Connection connection : roster.connections()) {
            if (!connections.containsKey(connection.id())) {
                connectionDestroyed(connection.id(), DisconnectReason.NETWORK_DISCONNECTED, DisconnectDetail.OTHER);
            }
        }
        truth.connections().forEach(this::connectionCreated);
        for (StreamInfo info : truth.streams()) {
            streamCreated(info);
            if (info.connectionId().equals(own)) {
                local.serverDescribes(info);
            }
            if (!info.hasAudio()) {
                local.serverReportsMuted(info.streamId());
            }
            streamChanged(
                    info.streamId(),
                    new StreamChange(info.hasAudio(), info.hasVideo(), info.videoType(), info.dimensions()));
        }
        sequence = truth.sequence();
    }

    /** Applies each type of event. */
    private final class Changes implements SequencedEvent.Visitor<Void> {
        @Override
        public Void onConnectionCreated(SequencedEvent.ConnectionCreated event) {
            connectionCreated(event.connection());
            return null;
        }

        @Override
        public Void onConnectionDestroyed(SequencedEvent.ConnectionDestroyed event) {
            connectionDestroyed(event.connectionId(), event.reason(), event.detail());
            return null;
        }

        @Override
        public Void onConnectionReconnecting(SequencedEvent.ConnectionReconnecting event) {
            Connection connection = announced(event.connectionId());
            if (connection != null) {
                events.post(new SessionEvent.ConnectionReconnecting(connection));
            }
            return null;
        }

        @Override
        public Void onConnectionReconnected(SequencedEvent.ConnectionReconnected event) {
            Connection connection = announced(event.connectionId());
            if (connection != null) {
                events.post(new SessionEvent.ConnectionReconnected(connection));
            }
            return null;
        }

        @Override
        public Void onStreamCreated(SequencedEvent.StreamCreated event) {
            streamCreated(event.stream());
            return null;
        }

        @Override
        public Void onStreamChanged(SequencedEvent.StreamChanged event) {
            streamChanged(event.streamId(), event.change());
            return null;
        }

        @Override
        public Void onStreamDestroyed(SequencedEvent.StreamDestroyed event) {
            streamDestroyed(event.streamId(), event.reason());
            return null;
        }

        @Override
        public Void onSignal(SequencedEvent.Signal event) {
            signal(event.from(), event.signalType(), event.data());
            return null;
        }

        @Override
        public Void onMuteForced(SequencedEvent.MuteForced event) {
            muteForced(event);
            return null;
        }

        /** {@return the connection if its state is reported to the application, else null} */
        private @Nullable Connection announced(ConnectionId id) {
            Connection connection = roster.connection(id);
            return connection == null || id.equals(own) || suppressed ? null : connection;
        }
    }
}
