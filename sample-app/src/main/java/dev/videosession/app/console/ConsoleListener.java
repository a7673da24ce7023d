package dev.videosession.app.console;

import dev.videosession.app.event.EventText;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.StreamDestroyedEvent;

/** Shows in the window what happens in the session. */
final class ConsoleListener implements SessionListener {
    private final Console console;
    private final ConsoleWindow window;

    ConsoleListener(Console console, ConsoleWindow window) {
        this.console = console;
        this.window = window;
    }

    private void note(SessionEvent event) {
        window.timeline().add(event.type(), EventText.details(event));
    }

    @Override
    public void onConnected(SessionEvent.SessionConnected event) {
        note(event);
        console.showConnected();
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        note(event);
        String explanation = event.message()
                .map(message -> "You were removed from the session: " + EventText.message(message))
                .orElse("You are no longer in the session (" + event.detail().wireName() + ").");
        console.ended(event.reason(), explanation);
    }

    @Override
    public void onReconnecting(SessionEvent.SessionReconnecting event) {
        note(event);
        window.frame().setStatus("Reconnecting ...");
    }

    @Override
    public void onReconnected(SessionEvent.SessionReconnected event) {
        note(event);
        if (event.startedOver()) {
            window.participants().clear(); // the own card is of the connection that was
        }
        console.showConnected();
    }

    @Override
    public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
        window.timeline()
                .add(event.type(), EventText.details(event) + (console.isOwn(event.connection()) ? " (you)" : ""));
        console.show(event.connection());
    }

    @Override
    public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        note(event);
        window.participants().remove(event.connection().id());
        console.showConnected();
    }

    @Override
    public void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
        note(event);
        window.participants().setReconnecting(event.connection().id(), true);
    }

    @Override
    public void onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
        note(event);
        window.participants().setReconnecting(event.connection().id(), false);
    }

    @Override
    public void onStreamCreated(SessionEvent.StreamCreated event) {
        note(event);
        console.show(event.stream());
    }

    @Override
    public void onStreamDestroyed(StreamDestroyedEvent event) {
        note(event);
        window.participants().remove(event.stream().id());
        console.showConnected();
    }

    @Override
    public void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {
        note(event);
        window.participants().update(event.stream());
    }

    @Override
    public void onSignal(SessionEvent.Signal event) {
        note(event);
    }

    @Override
    public void onMuteForced(SessionEvent.MuteForced event) {
        note(event);
        window.setMuteForced(event.active());
    }

    @Override
    public void onError(SessionException error) {
        window.timeline()
                .add(
                        "exception",
                        error.code() + " " + error.errorName() + ": " + EventText.message(error.getMessage()));
    }
}
