package dev.videosession.server.internal.engine;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.rules.Effect;
import dev.videosession.server.internal.rules.Effects;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the entries of the log to the state of the session and runs their effects, whichever server appended them. Belongs to
 * the session's loop.
 */
final class EventApplier {
    private static final Logger LOG = LoggerFactory.getLogger(EventApplier.class);

    private final SessionId session;
    private final LoggedState state;
    private final SessionObserver observer;
    private final Consumer<LoggedEvent> follower;
    private final Consumer<List<Effect>> effects;

    EventApplier(
            SessionId session,
            LoggedState state,
            SessionObserver observer,
            Consumer<LoggedEvent> follower,
            Consumer<List<Effect>> effects) {
        this.session = session;
        this.state = state;
        this.observer = observer;
        this.follower = follower;
        this.effects = effects;
    }

    /** Applies the events of one entry and runs the effects that follow from them. */
    void apply(List<LoggedEvent> events) {
        List<Effect> consequences = Effects.of(state, events);
        for (int i = 0; i < events.size(); i++) {
            LoggedEvent event = events.get(i);
            observe(event);
            state.apply(event);
            follower.accept(event);
        }
        effects.accept(consequences);
    }

    /** Makes the state that other servers have logged. Nothing follows from events of the past. */
    void restore(SessionImage image) {
        image.snapshot().forEach(this::restore);
        state.continueAfter(image.snapshotSequence());
        image.later().forEach(entry -> entry.events().forEach(this::restore));
    }

    private void restore(LoggedEvent event) {
        try {
            observer.onRestored(session, state, event);
        } catch (RuntimeException e) {
            LOG.error("event=observerFailed session={}", session, e);
        }
        state.apply(event);
        follower.accept(event);
    }

    /** Runs effects that follow from no event. */
    void run(List<Effect> besides) {
        effects.accept(besides);
    }

    private void observe(LoggedEvent event) {
        try {
            observer.onEvent(session, state, event);
        } catch (RuntimeException e) {
            LOG.error("event=observerFailed session={}", session, e);
        }
    }
}
