package dev.videosession.session;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a session tells its listeners. */
class EventLog implements SessionListener {
    private final Session session;
    final List<String> lines = new ArrayList<>();

    EventLog(Session session) {
        this.session = session;
    }

    @Override
    public void onConnected(SessionEvent.SessionConnected event) {
        lines.add("sessionConnected");
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        lines.add("sessionDisconnected " + event.reason().wireName() + " "
                + event.detail().wireName() + event.message().map(m -> " " + m).orElse("") + " in state "
                + session.state() + " with "
                + session.connections().size() + " connections");
    }

    @Override
    public void onReconnecting(SessionEvent.SessionReconnecting event) {
        lines.add("sessionReconnecting");
    }

    @Override
    public void onReconnected(SessionEvent.SessionReconnected event) {
        lines.add(event.startedOver() ? "sessionReconnected with a new connection" : "sessionReconnected");
    }

    @Override
    public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
        lines.add("connectionCreated " + event.connection().id());
    }

    @Override
    public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        lines.add("connectionDestroyed " + event.connection().id() + " "
                + event.reason().wireName());
    }

    @Override
    public void onStreamCreated(SessionEvent.StreamCreated event) {
        lines.add("streamCreated " + event.stream().id());
    }

    @Override
    public void onStreamDestroyed(StreamDestroyedEvent event) {
        lines.add(
                "streamDestroyed " + event.stream().id() + " " + event.reason().wireName());
    }

    @Override
    public void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {
        lines.add(event.changedProperty().wireName() + " of " + event.stream().id() + " " + event.oldValue() + " -> "
                + event.newValue());
    }

    @Override
    public void onSignal(SessionEvent.Signal event) {
        lines.add(event.type() + " " + event.data());
    }

    @Override
    public void onMuteForced(SessionEvent.MuteForced event) {
        lines.add("muteForced " + event.active());
    }

    @Override
    public void onError(SessionException error) {
        lines.add("error " + error.code() + " " + error.errorName());
    }

    /** Returns what was written since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
