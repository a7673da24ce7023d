package dev.videosession.server.internal.socket;

import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.token.TokenVerifier;

/**
 * What all sockets of a server share.
 *
 * @param common what sessions share, too
 * @param sessions where clients go
 * @param verifier decides who may
 * @param gate counts sockets
 * @param proxies whose word about the addresses of clients is taken
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
