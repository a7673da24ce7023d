package dev.videosession.session.model;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.session.Connection;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application of one client hears of its session, checked while it hears it: the order of the session's own
 * events, and that no event contradicts what was heard before.
 */
final class ModelListener implements SessionListener {
    /** From sessionConnected to sessionDisconnected. */
    static final class Stay {
        final ConnectionId own;
        /** What was heard, but for what the SDK derived from a roster. */
        final List<String> lines = new ArrayList<>();
        /** From which event (not included) to which one (included) a roster stood in for the events. */
        final List<long[]> gaps = new ArrayList<>();
        /** What there must be, going by what was heard; without the own streams. */
        final Map<String, Connection> connections = new HashMap<>();

        final Map<String, Map<String, String>> streams = new HashMap<>();

        Stay(ConnectionId own) {
            this.own = own;
        }
    }

    private final ModelClient client;
    private final boolean suppressed;
    final List<Stay> stays = new ArrayList<>();
    final Map<String, Integer> directSignals = new HashMap<>();
    /** True while what is heard comes from a roster. */
    boolean fromRoster;

    private boolean reconnecting;
    private @Nullable Stay stay;

    ModelListener(ModelClient client, boolean suppressed) {
        this.client = client;
        this.suppressed = suppressed;
    }

    @Nullable
    Stay stay() {
        return stay;
    }

    boolean isReconnecting() {
        return reconnecting;
    }

    private Stay current(String what) {
        client.trace("hears " + what);
        Stay now = stay;
        if (now == null) {
            throw client.wrong("heard " + what + " outside of a session");
        }
        return now;
    }

    private Stay heard(String line) {
        Stay now = current(line);
        if (!fromRoster) {
            now.lines.add(line);
        }
        return now;
    }

    private void require(boolean fits, String what) {
        if (!fits) {
            throw client.wrong(what);
        }
    }

    @Override
    public void onConnected(SessionEvent.SessionConnected event) {
        client.trace("hears sessionConnected");
        require(stay == null, "sessionConnected twice");
        require(client.isConnecting(), "the client did not connect");
        begin();
        reconnecting = false;
    }

    @Override
    public void onReconnecting(SessionEvent.SessionReconnecting event) {
        current("sessionReconnecting");
        require(!reconnecting, "sessionReconnecting twice without sessionReconnected");
        require(client.troubled, "lost its server although nothing was wrong");
        reconnecting = true;
        client.lostAt = client.time.elapsedMillis();
    }

    @Override
    public void onReconnected(SessionEvent.SessionReconnected event) {
        Stay last = current("sessionReconnected, " + (event.startedOver() ? "started over" : "resumed"));
        require(reconnecting, "sessionReconnected without sessionReconnecting");
        reconnecting = false;
        if (event.startedOver()) {
            require(client.isOfADeadServer(last), "started over although the server knows how it ended");
            require(last.streams.isEmpty(), "streams survived a server without a memory: " + last.streams);
            last.connections.remove(last.own.toString());
            require(last.connections.isEmpty(), "connections survived a server without a memory: " + last.connections);
            begin();
        }
    }

    private void begin() {
        Stay now = new Stay(client.session.connection().orElseThrow().id());
        stay = now;
        stays.add(now);
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        Stay last = current("sessionDisconnected " + event.reason() + " " + event.detail());
        stay = null;
        client.left(last, event.reason());
        if (client.prevents()) {
            event.preventDefault();
        }
    }

    @Override
    public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
        String id = event.connection().id().toString();
        Stay now = heard("C+ " + id);
        require(now.connections.put(id, event.connection()) == null, "connectionCreated twice: " + id);
        require(!suppressed, "connectionCreated although suppressed");
    }

    @Override
    public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        String id = event.connection().id().toString();
        Stay now = heard("C- " + id + " " + event.reason() + " " + event.detail());
        require(now.connections.remove(id) != null, "connectionDestroyed of an unknown connection: " + id);
        require(!id.equals(now.own.toString()), "connectionDestroyed about oneself");
    }

    @Override
    public void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
        heard("C? " + event.connection().id());
    }

    @Override
    public void onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
        heard("C! " + event.connection().id());
    }

    @Override
    public void onStreamCreated(SessionEvent.StreamCreated event) {
        Stay now = heard("S+ " + event.stream().id());
        require(
                now.streams.put(event.stream().id().toString(), properties(event.stream())) == null,
                "streamCreated twice: " + event.stream());
    }

    @Override
    public void onStreamDestroyed(StreamDestroyedEvent event) {
        Stay now = heard("S- " + event.stream().id() + " " + event.reason());
        require(
                now.streams.remove(event.stream().id().toString()) != null,
                "streamDestroyed of no stream: " + event.stream());
    }

    @Override
    public void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {
        Stream stream = event.stream();
        String line =
                ModelLog.changed(stream.id(), event.changedProperty().wireName(), event.oldValue(), event.newValue());
        if (client.isOwn(stream)) {
            client.trace("hears of the own " + line);
            return;
        }
        Map<String, String> known = heard(line).streams.get(stream.id().toString());
        require(known != null, "change of an unknown stream: " + line);
        String before = known.put(event.changedProperty().wireName(), String.valueOf(event.newValue()));
        require(String.valueOf(event.oldValue()).equals(before), line + ", but it was " + before);
    }

    static Map<String, String> properties(Stream stream) {
        Map<String, String> properties = new HashMap<>();
        properties.put("hasAudio", String.valueOf(stream.hasAudio()));
        properties.put("hasVideo", String.valueOf(stream.hasVideo()));
        properties.put("videoType", String.valueOf(stream.videoType().orElse(null)));
        properties.put(
                "videoDimensions", String.valueOf(stream.videoDimensions().orElse(null)));
        return properties;
    }

    @Override
    public void onSignal(SessionEvent.Signal event) {
        String data = String.valueOf(event.data());
        if (data.startsWith("direct")) {
            current("signal " + data);
            boolean first = directSignals.merge(data, 1, Integer::sum) == 1;
            require(first || client.hasRedisLostWrites(), "signal to one came twice: " + data);
        } else {
            heard("G " + event.signalType() + " " + data);
        }
    }

    @Override
    public void onMuteForced(SessionEvent.MuteForced event) {
        heard("M " + event.active());
    }

    @Override
    public void onError(SessionException error) {
        client.trace("hears error " + error.code() + " " + error.errorName());
    }
}
