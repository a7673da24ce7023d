package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.effect.DisconnectTombstones;
import dev.videosession.server.internal.effect.EffectInterpreter;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.effect.RosterCache;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.log.InMemorySessionLog;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.state.Command;
import dev.videosession.server.internal.state.Decision;
import dev.videosession.server.internal.state.Effect;
import dev.videosession.server.internal.state.Effects;
import dev.videosession.server.internal.state.RosterBounds;
import dev.videosession.server.internal.state.SessionEvent;
import dev.videosession.server.internal.state.SessionRules;
import dev.videosession.server.internal.state.SessionState;
import dev.videosession.server.project.SessionIds;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides the commands of one session, writes the events to the log, applies them and runs their effects. Belongs to the session's loop. */
final class SessionEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEngine.class);
    private static final long MAX_HISTORY_CHARACTERS = 4L * 1024 * 1024;

    final SessionId id;
    final SessionContext context;
    final SessionState state = new SessionState();
    final SessionLog log;
    final LinkBroker links;
    final Deliveries deliveries;
    final RosterCache rosters;
    final LocalConnections connections;
    final ProjectLoad.Share project;
    private final EffectInterpreter effects;
    private SessionRules rules;
    private Consumer<SessionEvent> follower = event -> {};
    private Consumer<ConnectionId> subscriberChanged = connection -> {};

    SessionEngine(SessionId id, SessionContext context, DisconnectTombstones tombstones) {
        this.id = id;
        this.context = context;
        this.project = context.projects()
                .of(SessionIds.read(id).map(parts -> parts.project().value()).orElse(""));
        this.log = new InMemorySessionLog(context.limits().historyEvents(), MAX_HISTORY_CHARACTERS);
        this.deliveries = new Deliveries(context.metrics(), context.time());
        this.rosters = new RosterCache(context.codec(), state);
        this.connections = new LocalConnections(
                context.codec(), deliveries, context.memory(), subscriber -> subscriberChanged.accept(subscriber));
        this.links = new LinkBroker(id, context.limits(), context.metrics(), context.time(), connections);
        this.effects = new EffectInterpreter(
                id, context.codec(), context.metrics(), connections, links, deliveries, project, tombstones);
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
                carryOut(accepted);
                return null;
            }
            catchUp();
        }
    }

    Decision.@Nullable Rejected commit(Command command) {
        return commit(command, accepted -> {});
    }

    /** Carries out what needs no rule and logs nothing. */
    void carryOut(Effect effect) {
        carryOut(Decision.Accepted.with(effect));
    }

    private void carryOut(Decision.Accepted accepted) {
        apply(accepted.events());
        effects.run(accepted.effects());
    }

    private void catchUp() {
        apply(log
                .read(state.sequence())
                .orElseThrow(() -> new IllegalStateException("session " + id + " fell behind its log"))
                .stream()
                .map(SessionLog.Entry::event)
                .toList());
    }

    private void apply(List<SessionEvent> events) {
        List<Effect> consequences = Effects.of(state, events);
        events.forEach(this::apply);
        effects.run(consequences);
    }

    private void apply(SessionEvent event) {
        observe(event);
        state.apply(event);
        rosters.follow(event);
        follower.accept(event);
        if (event instanceof SessionEvent.StreamCreated) {
            context.metrics().streams(1);
        } else if (event instanceof SessionEvent.StreamDestroyed) {
            context.metrics().streams(-1);
        }
    }

    private void observe(SessionEvent event) {
        try {
            context.observer().onEvent(id, state, event);
        } catch (RuntimeException e) {
            LOG.error("event=observerFailed session={}", id, e);
        }
    }

    byte[] encode(ServerMessage message) {
        return context.codec().encodeServerBytes(message);
    }

    boolean isEmpty() {
        return connections.all().isEmpty()
                && !state.hasBansAt(context.time().instant().getEpochSecond());
    }
}
