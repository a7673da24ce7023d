package dev.videosession.session;

import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.signaling.WebSocketConnector;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a session needs to know to connect. */
record ConnectOptions(
        URI server,
        SessionId sessionId,
        WebSocketConnector connector,
        MessageCodec codec,
        @Nullable MediaEngine mediaEngine,
        boolean relayOnly,
        boolean connectionEventsSuppressed,
        boolean startOver,
        long connectTimeoutMillis) {
    static final String CLIENT = "videosession-java";

    /** The signaling endpoint of the server. */
    URI endpoint() {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/signaling");
    }
}
