package dev.videosession.server.internal.request;

import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.presence.Presence;
import dev.videosession.server.internal.state.LoggedState;

/**
 * The parts of a session that requests need.
 *
 * @param engine decides
 * @param state of the session, read only
 * @param connections of the session that this server holds
 * @param links of the session
 * @param presence ends connections and follows lost sockets
 */
public record RequestContext(
        SessionEngine engine, LoggedState state, LocalConnections connections, LinkBroker links, Presence presence) {}
