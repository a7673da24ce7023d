package dev.videosession.session.internal.roster;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.session.ChangedProperty;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connections and streams of a session. Changed on the loop only; may be read from any thread. */
public final class SessionRoster {
    private final Map<ConnectionId, Connection> connections = new ConcurrentHashMap<>();
    private final Map<StreamId, RosterStream> streams = new ConcurrentHashMap<>();
    private final boolean othersUnknown;

    /**
     * Creates an empty roster.
     *
     * @param othersUnknown whether the server announces no connections of other clients, although they have streams and send
     *     signals
     */
    public SessionRoster(boolean othersUnknown) {
        this.othersUnknown = othersUnknown;
    }

    public static Connection connectionOf(ConnectionInfo info) {
        return new Connection(info.connectionId(), Instant.ofEpochMilli(info.creationTime()), info.data(), info.role());
    }

    public Connection add(ConnectionInfo info) {
        Connection connection = connectionOf(info);
        connections.put(info.connectionId(), connection);
        return connection;
    }

    /**
     * Adds a stream.
     *
     * @return the stream, or null if its connection is unknown and the server announces connections
     */
    @Nullable
    public Stream add(StreamInfo info) {
        Connection connection = source(info.connectionId());
        if (connection == null) {
            return null;
        }
        RosterStream stream = new RosterStream(info, connection);
        streams.put(info.streamId(), stream);
        return stream;
    }

    @Nullable
    public Connection remove(ConnectionId id) {
        return connections.remove(id);
    }

    @Nullable
    public Stream remove(StreamId id) {
        return streams.remove(id);
    }

    @Nullable
    public Connection connection(@Nullable ConnectionId id) {
        return id == null ? null : connections.get(id);
    }

    /** {@return the connection with an id; if other connections are not announced, one of which only the id is known} */
    @Nullable
    public Connection source(@Nullable ConnectionId id) {
        Connection known = connection(id);
        return known != null || id == null || !othersUnknown
                ? known
                : new Connection(id, Instant.EPOCH, "", Role.PUBLISHER);
    }

    @Nullable
    public RosterStream stream(StreamId id) {
        return streams.get(id);
    }

    public void clear() {
        streams.clear();
        connections.clear();
    }

    public List<Connection> connections() {
        return connections.values().stream()
                .sorted(Comparator.comparing(Connection::creationTime)
                        .thenComparing(connection -> connection.id().value()))
                .toList();
    }

    public List<Stream> streams() {
        return streams.values().stream()
                .sorted(Comparator.comparing(Stream::creationTime)
                        .thenComparing(stream -> stream.id().value()))
                .<Stream>map(stream -> stream)
                .toList();
    }

    /** A changed property of a stream. */
    public record PropertyChange(
            ChangedProperty property,
            @Nullable Object oldValue,
            @Nullable Object newValue) {}

    /**
     * Applies a change.
     *
     * @return the properties that have a new value
     */
    public static List<PropertyChange> change(RosterStream stream, StreamChange change) {
        StreamInfo before = stream.info();
        StreamInfo after = before.with(change);
        stream.update(after);
        return List.of(
                        new PropertyChange(ChangedProperty.HAS_AUDIO, before.hasAudio(), after.hasAudio()),
                        new PropertyChange(ChangedProperty.HAS_VIDEO, before.hasVideo(), after.hasVideo()),
                        new PropertyChange(ChangedProperty.VIDEO_TYPE, before.videoType(), after.videoType()),
                        new PropertyChange(ChangedProperty.VIDEO_DIMENSIONS, before.dimensions(), after.dimensions()))
                .stream()
                .filter(each -> each.newValue() != null && !each.newValue().equals(each.oldValue()))
                .toList();
    }
}
