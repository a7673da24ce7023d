package dev.videosession.server.internal.socket;

import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.token.TokenVerifier;

/**
 * The parts of a server that all sockets use.
 *
 * @param common what sessions use, too
 * @param sessions the live sessions
 * @param verifier checks tokens
 * @param gate counts sockets
 * @param proxies the proxies whose forwarded addresses are used
 * @param routes answers plain HTTP
 * @param handshakeMillis how long a socket may take until it is a client with a valid token, or an HTTP request is
 *     complete
 */
public record SocketContext(
        SessionContext common,
        SessionRegistry sessions,
        TokenVerifier verifier,
        SocketGate gate,
        TrustedProxies proxies,
        RouteTable routes,
        long handshakeMillis) {}
