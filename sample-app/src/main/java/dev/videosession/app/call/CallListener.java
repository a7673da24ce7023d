package dev.videosession.app.call;

import dev.videosession.app.people.People;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.session.Connection;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Speakers;
import dev.videosession.session.StreamDestroyedEvent;

/** Shows in a call what happens in its session. */
final class CallListener implements SessionListener {
    private final ActiveCall call;
    private final Session session;
    private final People people;
    private final CallSignals signals;
    private final ReceivedStreams streams;

    CallListener(ActiveCall call, Session session, People people, CallSignals signals, ReceivedStreams streams) {
        this.call = call;
        this.session = session;
        this.people = people;
        this.signals = signals;
        this.streams = streams;
    }

    private boolean isOwn(Connection connection) {
        return session.connection().filter(connection::equals).isPresent();
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        if (call.isLeaving()) {
            return;
        }
        if (event.reason() == DisconnectReason.NETWORK_DISCONNECTED) {
            event.preventDefault(); // the last frames stay, and the publisher is ready to be published again
            call.connectionLost();
        } else {
            call.ended(EndText.of(event));
        }
    }

    @Override
    public void onReconnecting(SessionEvent.SessionReconnecting event) {
        call.reconnecting();
    }

    @Override
    public void onReconnected(SessionEvent.SessionReconnected event) {
        if (event.startedOver()) {
            people.retain(session.connections());
            session.connection().ifPresent(people::setOwn);
            signals.announce(null);
        }
        call.reconnected();
    }

    @Override
    public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
        Connection connection = event.connection();
        people.joined(connection);
        boolean later = session.connection()
                .filter(own -> own.creationTime().isBefore(connection.creationTime()))
                .isPresent();
        if (later && !isOwn(connection)) {
            signals.announce(connection);
        }
        call.showState();
    }

    @Override
    public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        people.left(event.connection().id());
        call.showState();
    }

    @Override
    public void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
        reconnecting(event.connection(), true);
    }

    @Override
    public void onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
        reconnecting(event.connection(), false);
    }

    private void reconnecting(Connection connection, boolean now) {
        people.setReconnecting(connection.id(), now);
        call.showState();
    }

    @Override
    public void onStreamCreated(SessionEvent.StreamCreated event) {
        people.published(event.stream());
        streams.show(event.stream());
        call.showState();
    }

    @Override
    public void onStreamDestroyed(StreamDestroyedEvent event) {
        people.unpublished(event.stream());
        streams.hide(event.stream().id());
        call.showState();
    }

    @Override
    public void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {
        call.panel().grid().remote().update(event.stream());
        call.showState();
    }

    @Override
    public void onSpeakersChanged(Speakers speakers) {
        streams.speakersChanged(speakers);
    }

    @Override
    public void onSignal(SessionEvent.Signal event) {
        if (signals.received(event)) {
            call.showState();
        }
    }
}
