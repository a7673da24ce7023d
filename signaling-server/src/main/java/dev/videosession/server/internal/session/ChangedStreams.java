package dev.videosession.server.internal.session;

import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.state.SessionEvent;
import java.util.List;

/** Lists the streams that an event began or changed. */
final class ChangedStreams implements SessionEvent.Visitor<List<StreamId>> {
    @Override
    public List<StreamId> onStreamCreated(SessionEvent.StreamCreated event) {
        return List.of(event.stream().streamId());
    }

    @Override
    public List<StreamId> onStreamChanged(SessionEvent.StreamChanged event) {
        return List.of(event.streamId());
    }

    @Override
    public List<StreamId> onMuteForced(SessionEvent.MuteForced event) {
        return event.streamIds();
    }

    @Override
    public List<StreamId> onStreamDestroyed(SessionEvent.StreamDestroyed event) {
        return List.of();
    }

    @Override
    public List<StreamId> onConnectionCreated(SessionEvent.ConnectionCreated event) {
        return List.of();
    }

    @Override
    public List<StreamId> onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        return List.of();
    }

    @Override
    public List<StreamId> onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
        return List.of();
    }

    @Override
    public List<StreamId> onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
        return List.of();
    }

    @Override
    public List<StreamId> onSignal(SessionEvent.Signal event) {
        return List.of();
    }
}
