package dev.videosession.app.console;

import dev.videosession.app.people.ParticipantSignal;
import dev.videosession.app.text.Texts;
import dev.videosession.session.Connection;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.StreamDestroyedEvent;

/** Shows in a console what happens in its session. */
final class ConsoleListener implements SessionListener {
    private final SessionConsole console;
    private final SessionPane pane;

    ConsoleListener(SessionConsole console, SessionPane pane) {
        this.console = console;
        this.pane = pane;
    }

    @Override
    public void onConnected(SessionEvent.SessionConnected event) {
        console.record(event);
        console.showConnected();
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        console.record(event);
        console.ended(event);
    }

    @Override
    public void onReconnecting(SessionEvent.SessionReconnecting event) {
        console.record(event);
        pane.setStatus(Texts.of("call.reconnecting"));
    }

    @Override
    public void onReconnected(SessionEvent.SessionReconnected event) {
        console.record(event);
        if (event.startedOver()) {
            pane.participants().clear(); // the own card is of the former connection
        }
        console.showConnected();
    }

    @Override
    public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
        if (!console.isOwn(event.connection())) {
            console.record(event);
        }
        console.show(event.connection());
    }

    @Override
    public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        console.record(event);
        pane.participants().remove(event.connection().id());
        console.showConnected();
    }

    @Override
    public void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
        console.record(event);
        pane.participants().setReconnecting(event.connection().id(), true);
    }

    @Override
    public void onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
        console.record(event);
        pane.participants().setReconnecting(event.connection().id(), false);
    }

    @Override
    public void onStreamCreated(SessionEvent.StreamCreated event) {
        console.record(event);
        console.show(event.stream());
    }

    @Override
    public void onStreamDestroyed(StreamDestroyedEvent event) {
        console.record(event);
        pane.participants().remove(event.stream().id());
        console.showConnected();
    }

    @Override
    public void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {
        console.record(event);
        pane.participants().update(event.stream());
    }

    @Override
    public void onSignal(SessionEvent.Signal event) {
        Connection from = event.from();
        if (from != null && ParticipantSignal.SIGNAL.equals(event.signalType())) {
            ParticipantSignal.decode(event.data())
                    .ifPresent(said -> pane.participants().setHand(from.id(), said.hand()));
        } else {
            console.record(event);
        }
    }

    @Override
    public void onMuteForced(SessionEvent.MuteForced event) {
        console.record(event);
        pane.setMuteForced(event.active());
    }

    @Override
    public void onError(SessionException error) {
        console.recordFailure(error);
    }
}
