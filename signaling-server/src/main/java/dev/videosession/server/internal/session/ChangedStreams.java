package dev.videosession.server.internal.session;

import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.List;

/** Lists the streams that an event began or changed. */
final class ChangedStreams implements LoggedEvent.Visitor<List<StreamId>> {
    @Override
    public List<StreamId> onStreamCreated(LoggedEvent.StreamCreated event) {
        return List.of(event.stream().streamId());
    }

    @Override
    public List<StreamId> onStreamChanged(LoggedEvent.StreamChanged event) {
        return List.of(event.streamId());
    }

    @Override
    public List<StreamId> onMuteForced(LoggedEvent.MuteForced event) {
        return event.streamIds();
    }

    @Override
    public List<StreamId> onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
        return List.of();
    }

    @Override
    public List<StreamId> onConnectionCreated(LoggedEvent.ConnectionCreated event) {
        return List.of();
    }

    @Override
    public List<StreamId> onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
        return List.of();
    }

    @Override
    public List<StreamId> onConnectionReconnecting(LoggedEvent.ConnectionReconnecting event) {
        return List.of();
    }

    @Override
    public List<StreamId> onConnectionReconnected(LoggedEvent.ConnectionReconnected event) {
        return List.of();
    }

    @Override
    public List<StreamId> onSignal(LoggedEvent.Signal event) {
        return List.of();
    }
}
