package dev.videosession.session.internal.lifecycle;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.internal.connection.AudioLevels;
import dev.videosession.session.internal.connection.ConnectOptions;
import dev.videosession.session.internal.connection.EstablishedConnection;
import dev.videosession.session.internal.dispatch.EventDispatcher;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.roster.SessionRoster;
import dev.videosession.session.internal.stream.LocalStreams;
import dev.videosession.session.internal.stream.RemoteStreams;
import dev.videosession.session.internal.stream.RosterUpdater;

/** Creates the established connections of a session, with their parts. */
final class ConnectionFactory {
    private final ConnectOptions options;
    private final EventDispatcher events;
    private final SessionRoster roster;
    private final SignalingPort port;

    ConnectionFactory(ConnectOptions options, EventDispatcher events, SessionRoster roster, SignalingPort port) {
        this.options = options;
        this.events = events;
        this.roster = roster;
        this.port = port;
    }

    /** {@return a connection without publishers and subscribers} */
    EstablishedConnection create(ServerMessage.Connected connected, String token) {
        LocalStreams local = new LocalStreams(port, roster);
        RemoteStreams remote = new RemoteStreams(port, options.mediaEngine());
        AudioLevels levels = new AudioLevels(port.loop(), events, local::publishers, remote::subscribers);
        RosterUpdater updates = updates(connected, local, remote);
        return new EstablishedConnection(connected, token, local, remote, updates, levels, options.links(), port);
    }

    /** {@return the connection that replaces one that the server has lost, with its publishers and subscribers} */
    EstablishedConnection replace(EstablishedConnection lost, ServerMessage.Connected connected) {
        return lost.startOver(connected, updates(connected, lost.local(), lost.remote()));
    }

    private RosterUpdater updates(ServerMessage.Connected connected, LocalStreams local, RemoteStreams remote) {
        ConnectionId own = connected.connection().connectionId();
        return new RosterUpdater(events, roster, local, remote, own, options.connectionEventsSuppressed());
    }
}
