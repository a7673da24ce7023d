package dev.videosession.app.people;

import dev.videosession.app.grid.GridParticipant;
import dev.videosession.app.grid.Names;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.Stream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The clients of a session and their state. Participants are counted separately from watchers. Not thread-safe. */
public final class People {
    private static final int LONGEST_NAME = 28;

    private final Map<ConnectionId, Connection> connections = new LinkedHashMap<>();
    private final Map<ConnectionId, ParticipantSignal> presences = new HashMap<>();
    private final Map<ConnectionId, List<Stream>> streams = new HashMap<>();
    private final Set<ConnectionId> published = new HashSet<>();
    private final Set<ConnectionId> reconnecting = new HashSet<>();
    private @Nullable ConnectionId own;
    private boolean ownAudio;
    private boolean ownVideo;

    /** Creates an empty list. */
    public People() {}

    /** Removes all clients. */
    public void clear() {
        connections.clear();
        presences.clear();
        streams.clear();
        published.clear();
        reconnecting.clear();
        own = null;
    }

    /**
     * Removes the clients that have left.
     *
     * @param present the clients that are still in the session
     */
    public void retain(List<Connection> present) {
        for (ConnectionId id : List.copyOf(connections.keySet())) {
            if (present.stream().noneMatch(each -> each.id().equals(id))) {
                left(id);
            }
        }
    }

    /**
     * Sets the user's own connection.
     *
     * @param connection the user's
     */
    public void setOwn(Connection connection) {
        own = connection.id();
        joined(connection);
    }

    /**
     * Sets what the user sends, which sessions do not report.
     *
     * @param audio whether audio is sent
     * @param video whether video of a camera is sent
     */
    public void setOwnMedia(boolean audio, boolean video) {
        ownAudio = audio;
        ownVideo = video;
    }

    /**
     * Adds a client that is in the session.
     *
     * @param connection which
     */
    public void joined(Connection connection) {
        connections.put(connection.id(), connection);
    }

    /**
     * Removes a client that has left.
     *
     * @param id which
     */
    public void left(ConnectionId id) {
        connections.remove(id);
        presences.remove(id);
        streams.remove(id);
        published.remove(id);
        reconnecting.remove(id);
    }

    /**
     * Records that a client lost its connection, or resumed it.
     *
     * @param id which
     * @param now whether it is lost
     */
    public void setReconnecting(ConnectionId id, boolean now) {
        if (now) {
            reconnecting.add(id);
        } else {
            reconnecting.remove(id);
        }
    }

    /**
     * Records a published stream.
     *
     * @param stream which
     */
    public void published(Stream stream) {
        ConnectionId id = stream.connection().id();
        published.add(id);
        streams.computeIfAbsent(id, each -> new ArrayList<>()).add(stream);
    }

    /**
     * Records the end of a stream. Its client remains a participant.
     *
     * @param stream which
     */
    public void unpublished(Stream stream) {
        List<Stream> left = streams.get(stream.connection().id());
        if (left != null) {
            left.remove(stream);
        }
    }

    /**
     * Records the state that a client reported about itself.
     *
     * @param id which
     * @param presence the reported state
     */
    public void said(ConnectionId id, ParticipantSignal presence) {
        if (connections.containsKey(id)) {
            presences.put(id, presence);
        }
    }

    /**
     * Tells whether a client raises a hand.
     *
     * @param id which
     * @return whether
     */
    public boolean hand(ConnectionId id) {
        ParticipantSignal said = presences.get(id);
        return said != null && said.hand();
    }

    /**
     * Names a client.
     *
     * @param connection which
     * @return the name that the client uses, or the name of its stream, or the name in its token
     */
    public String name(Connection connection) {
        ParticipantSignal said = presences.get(connection.id());
        String name = said == null ? "" : DisplayText.of(said.name(), LONGEST_NAME);
        if (!name.isEmpty()) {
            return name;
        }
        return camera(connection.id())
                .map(stream -> DisplayText.of(stream.name(), LONGEST_NAME))
                .filter(each -> !each.isEmpty())
                .orElseGet(() -> Names.of(connection));
    }

    private Optional<Stream> camera(ConnectionId id) {
        return streams.getOrDefault(id, List.of()).stream()
                .filter(stream ->
                        stream.videoType().filter(VideoType.SCREEN::equals).isEmpty())
                .findFirst();
    }

    /** {@return all clients in order of arrival, raised hands first} */
    public List<Person> list() {
        List<Person> list = new ArrayList<>();
        connections.values().forEach(each -> list.add(person(each)));
        list.sort((a, b) -> Boolean.compare(b.hand(), a.hand()));
        return list;
    }

    private Person person(Connection connection) {
        ConnectionId id = connection.id();
        Optional<Stream> stream = camera(id);
        boolean self = id.equals(own);
        return new Person(
                id,
                name(connection),
                self,
                self || published.contains(id) || presences.containsKey(id),
                self ? ownAudio : stream.filter(Stream::hasAudio).isPresent(),
                self ? ownVideo : stream.filter(Stream::hasVideo).isPresent(),
                hand(id),
                reconnecting.contains(id));
    }

    /**
     * Lists the participants except the user.
     *
     * @param present the clients that are still in the session: the end of a stream is reported before its client leaves the list
     * @return those of them that take part, raised hands first
     */
    public List<GridParticipant> remoteParticipants(Collection<Connection> present) {
        Set<ConnectionId> ids = present.stream().map(Connection::id).collect(Collectors.toSet());
        return list().stream()
                .filter(person -> person.participant() && !person.own() && ids.contains(person.id()))
                .map(person -> new GridParticipant(person.id(), person.name(), person.hand(), person.reconnecting()))
                .toList();
    }

    /** {@return the number of clients that take part, the user included} */
    public int participants() {
        return (int) list().stream().filter(Person::participant).count();
    }

    /** {@return the number of clients that only watch} */
    public int watchers() {
        return connections.size() - participants();
    }
}
