package dev.videosession.server.internal.session;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.link.LinkParticipants;
import dev.videosession.server.internal.log.InMemorySessionLog;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.state.Command;
import dev.videosession.server.internal.state.Decision;
import dev.videosession.server.internal.state.RosterBounds;
import dev.videosession.server.internal.state.SessionEvent;
import dev.videosession.server.internal.state.SessionRules;
import dev.videosession.server.internal.state.SessionState;
import dev.videosession.server.project.SessionIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of one session: decides commands, writes what follows to the log, applies it and tells everybody. Belongs to
 * the session's loop.
 */
final class SessionEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEngine.class);
    private static final long MAX_HISTORY_CHARACTERS = 4L * 1024 * 1024;

    final SessionId id;
    final String project;
    final SessionContext context;
    final SessionState state = new SessionState();
    final SessionLog log;
    final LinkBroker links;
    final Deliveries deliveries;
    final RosterCache rosters;
    final Map<ConnectionId, ClientConnection> connections = new HashMap<>();
    private final Map<ConnectionId, HeldMemory> parked = new HashMap<>();
    private SessionRules rules;
    private final Consumer<ClientConnection> overwhelmed;
    private final Farewells farewells;
    private Consumer<SessionEvent> follower = event -> {};
    private Consumer<ConnectionId> subscriberChanged = connection -> {};

    /** The consumer gets a connection that is lost and for which no more messages can be kept. */
    SessionEngine(SessionId id, SessionContext context, Farewells farewells, Consumer<ClientConnection> overwhelmed) {
        this.id = id;
        this.context = context;
        this.farewells = farewells;
        this.project = SessionIds.read(id).map(parts -> parts.project().value()).orElse("");
        this.overwhelmed = overwhelmed;
        this.log = new InMemorySessionLog(context.limits().historyEvents(), MAX_HISTORY_CHARACTERS);
        this.deliveries = new Deliveries(context.metrics());
        this.rosters = new RosterCache(context.codec(), state);
        this.links = new LinkBroker(context.limits(), context.metrics(), context.nanoClock(), new Participants());
        this.rules = rules(false);
    }

    private SessionRules rules(boolean closesWithLastModerator) {
        return new SessionRules(
                context.limits().connectionsPerSession(),
                context.limits().streamsPerConnection(),
                new RosterBounds(
                        context.limits().connectionsPerToken(),
                        context.limits().rosterBytesPerConnection(),
                        context.limits().rosterBytesPerSession()),
                closesWithLastModerator);
    }

    void closeWithLastModerator(boolean closes) {
        rules = rules(closes);
    }

    /** The first is told of every event that was applied, the second of who opened or closed a link as subscriber. */
    void watchedBy(Consumer<SessionEvent> events, Consumer<ConnectionId> subscribers) {
        follower = events;
        subscriberChanged = subscribers;
    }

    /** Says what the rules say to a command, without carrying it out. */
    boolean wouldAccept(Command command) {
        return rules.decide(state, command) instanceof Decision.Accepted;
    }

    /**
     * Carries a command out.
     *
     * @param beforeEvents called when the events are certain, before anybody is told
     * @return null, or why nothing happened
     */
    Decision.@Nullable Rejected commit(Command command, Consumer<Decision.Accepted> beforeEvents) {
        while (true) {
            Decision decision = rules.decide(state, command);
            if (decision instanceof Decision.Rejected rejected) {
                context.metrics().refused(rejected.code());
                return rejected;
            }
            Decision.Accepted accepted = (Decision.Accepted) decision;
            if (accepted.events().isEmpty()
                    || log.append(state.sequence(), accepted.events()) instanceof SessionLog.Append.Done) {
                beforeEvents.accept(accepted);
                happen(accepted.events());
                return null;
            }
            catchUp();
        }
    }

    Decision.@Nullable Rejected commit(Command command) {
        return commit(command, accepted -> {});
    }

    private void catchUp() {
        happen(log
                .read(state.sequence())
                .orElseThrow(() -> new IllegalStateException("session " + id + " fell behind its log"))
                .stream()
                .map(SessionLog.Entry::event)
                .toList());
    }

    /** Who leaves is told first, and nothing of the events that follow from it. */
    private void happen(List<SessionEvent> events) {
        for (SessionEvent event : events) {
            if (event instanceof SessionEvent.ConnectionDestroyed e) {
                sendOff(e);
            }
        }
        events.forEach(this::happen);
    }

    private void happen(SessionEvent event) {
        observe(event);
        state.apply(event);
        rosters.follow(event);
        follower.accept(event);
        if (event instanceof SessionEvent.StreamCreated) {
            context.metrics().streams(1);
        } else if (event instanceof SessionEvent.StreamDestroyed e) {
            context.metrics().streams(-1);
            links.streamEnded(e.streamId());
        }
        byte[] message = encode(event.toWire(state.sequence()));
        deliveries.broadcast(message, event.isAboutConnection());
    }

    private void observe(SessionEvent event) {
        try {
            context.observer().happens(id, state, event);
        } catch (RuntimeException e) {
            LOG.error("event=observerFailed session={}", id, e);
        }
    }

    private void sendOff(SessionEvent.ConnectionDestroyed e) {
        links.connectionEnded(e.connectionId());
        ClientConnection gone = connections.remove(e.connectionId());
        if (gone == null) {
            return;
        }
        context.projects().leave(project);
        forgetParked(gone);
        context.metrics().disconnected(e.reason(), e.detail());
        LOG.info(
                "event=disconnected session={} connection={} reason={} detail={} connections={}",
                id,
                e.connectionId(),
                e.reason().wireName(),
                e.detail().wireName(),
                connections.size());
        ServerMessage.Disconnected message = new ServerMessage.Disconnected(e.reason(), e.detail(), e.message());
        CloseCode code = CloseCodes.of(e.detail());
        Outbox outbox = gone.outbox();
        if (outbox != null) {
            deliveries.dismiss(outbox);
            deliveries.finish(outbox, encode(message), code);
        }
        if (e.reason() != DisconnectReason.CLIENT_DISCONNECTED) {
            farewells.put(gone.id(), gone.keys(), new Farewells.Farewell(message, code));
        }
    }

    /** Sends to one connection, now or when it is back. */
    void tell(ConnectionId to, ServerMessage message) {
        ClientConnection connection = connections.get(to);
        if (connection == null) {
            return;
        }
        byte[] utf8 = encode(message);
        Outbox outbox = connection.outbox();
        if (outbox != null) {
            deliveries.send(outbox, utf8);
        } else if (!connection.park(utf8)) {
            overwhelmed.accept(connection);
        }
    }

    /** What is sent to a lost connection is kept for it, and counts. */
    void holdParked(ClientConnection lost, HeldMemory memory) {
        parked.put(lost.id(), memory);
        context.memory().add(memory);
    }

    /** The connection is back, or has ended. */
    void forgetParked(ClientConnection connection) {
        HeldMemory memory = parked.remove(connection.id());
        if (memory != null) {
            context.memory().remove(memory);
        }
    }

    byte[] encode(ServerMessage message) {
        return context.codec().encodeServerBytes(message);
    }

    boolean isEmpty() {
        return connections.isEmpty()
                && !state.hasBansAt(context.clock().instant().getEpochSecond());
    }

    List<ClientConnection> all() {
        return List.copyOf(connections.values());
    }

    /** What the links need to know of the connections. */
    private final class Participants implements LinkParticipants {
        @Override
        public void tell(ConnectionId to, ServerMessage message) {
            SessionEngine.this.tell(to, message);
        }

        @Override
        public @Nullable LinkAllowance allowance(ConnectionId connectionId) {
            ClientConnection connection = connections.get(connectionId);
            return connection == null ? null : connection.throttle().links();
        }

        @Override
        public boolean understands(ConnectionId connectionId, Feature feature) {
            ClientConnection connection = connections.get(connectionId);
            return connection != null && connection.understands(feature);
        }

        @Override
        public void subscriptionsChanged(ConnectionId subscriber) {
            subscriberChanged.accept(subscriber);
        }
    }
}
