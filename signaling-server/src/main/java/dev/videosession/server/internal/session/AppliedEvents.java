package dev.videosession.server.internal.session;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.effect.RosterCache;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.presence.IceServerRenewal;
import dev.videosession.server.internal.presence.IdleWatch;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes each applied event to the parts of a session that follow its state, and counts its streams. Belongs to the session's loop.
 */
final class AppliedEvents implements Consumer<LoggedEvent> {
    private static final ChangedStreams CHANGED_STREAMS = new ChangedStreams();

    private final SessionExecutor loop;
    private final LoggedState state;
    private final RosterCache rosters;
    private final IdleWatch idle;
    private final IceServerRenewal iceServers;
    private final LinkBroker links;
    private final boolean leased;
    private final ServerMetrics metrics;
    private int streams;

    /**
     * Follows a session without events.
     *
     * @param leased whether the router of the session has a lease, which the log forgets with the last connection
     */
    AppliedEvents(
            SessionExecutor loop,
            LoggedState state,
            RosterCache rosters,
            IdleWatch idle,
            IceServerRenewal iceServers,
            LinkBroker links,
            boolean leased,
            ServerMetrics metrics) {
        this.loop = loop;
        this.state = state;
        this.rosters = rosters;
        this.idle = idle;
        this.iceServers = iceServers;
        this.links = links;
        this.leased = leased;
        this.metrics = metrics;
    }

    @Override
    public void accept(LoggedEvent event) {
        rosters.follow(event);
        idle.follow(event);
        iceServers.follow(event);
        if (leased && state.connectionCount() == 0) {
            links.router().release();
        }
        List<StreamId> changed = links.isRouted() ? event.accept(CHANGED_STREAMS) : List.of();
        if (!changed.isEmpty()) {
            loop.execute(() -> changed.forEach(this::followStream)); // when clients know of it
        }
        count(state.streams().size());
    }

    private void followStream(StreamId streamId) {
        StreamInfo stream = state.stream(streamId);
        if (stream != null) {
            links.streamChanged(stream);
        }
    }

    private void count(int now) {
        if (now != streams) {
            metrics.streams(now - streams);
            streams = now;
        }
    }

    /** The copy of the session is closed: its streams no longer count. */
    void close() {
        count(0);
    }
}
