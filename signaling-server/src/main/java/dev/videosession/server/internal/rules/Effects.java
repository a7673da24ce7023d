package dev.videosession.server.internal.rules;

import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives what a server does for its connections from what was logged. Pure: every server that holds connections of the
 * session derives the same effects, whichever server appended the events.
 */
public final class Effects {
    private static final LoggedEvent.Visitor<Besides> BESIDES = new BesidesVisitor();

    /**
     * What an event causes besides its broadcast.
     *
     * @param first before any event of the same entry is sent
     * @param inTurn just before this event is sent
     */
    private record Besides(List<Effect> first, List<Effect> inTurn) {
        static final Besides NOTHING = new Besides(List.of(), List.of());
    }

    private Effects() {}

    /**
     * Derives the effects of the events that one command caused.
     *
     * @param before the state of the session before the first of these events
     * @param events the events of one entry of the log, in order
     * @return the effects in the order in which they must be run. A connection that ends is disconnected first, so that it
     *     receives none of the events that follow from its end, and closing a session broadcasts to no one
     */
    public static List<Effect> of(LoggedState before, List<LoggedEvent> events) {
        List<Effect> effects = new ArrayList<>(events.size() + 1);
        for (LoggedEvent event : events) {
            effects.addAll(event.accept(BESIDES).first());
        }
        long sequence = before.sequence();
        for (LoggedEvent event : events) {
            sequence++;
            effects.addAll(event.accept(BESIDES).inTurn());
            effects.add(new Effect.Broadcast(event, sequence));
        }
        return effects;
    }

    private static final class BesidesVisitor implements LoggedEvent.Visitor<Besides> {
        @Override
        public Besides onConnectionCreated(LoggedEvent.ConnectionCreated event) {
            return Besides.NOTHING;
        }

        @Override
        public Besides onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
            return new Besides(
                    List.of(
                            new Effect.CloseConnectionLinks(event.connectionId()),
                            new Effect.DisconnectClient(
                                    event.connectionId(), event.reason(), event.detail(), event.message())),
                    List.of());
        }

        @Override
        public Besides onConnectionReconnecting(LoggedEvent.ConnectionReconnecting event) {
            return Besides.NOTHING;
        }

        @Override
        public Besides onConnectionReconnected(LoggedEvent.ConnectionReconnected event) {
            return Besides.NOTHING;
        }

        @Override
        public Besides onStreamCreated(LoggedEvent.StreamCreated event) {
            return Besides.NOTHING;
        }

        @Override
        public Besides onStreamChanged(LoggedEvent.StreamChanged event) {
            return Besides.NOTHING;
        }

        @Override
        public Besides onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
            return new Besides(List.of(), List.of(new Effect.CloseStreamLinks(event.streamId())));
        }

        @Override
        public Besides onSignal(LoggedEvent.Signal event) {
            return Besides.NOTHING;
        }

        @Override
        public Besides onMuteForced(LoggedEvent.MuteForced event) {
            return Besides.NOTHING;
        }
    }
}
