package dev.videosession.server.internal.presence;

import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.log.ClientRecord;
import org.jspecify.annotations.Nullable;

/** What other servers must know of this server's connections. */
final class ClientRecords {
    private ClientRecords() {}

    /** Describes a connection; null if no other server can read it. */
    static @Nullable ClientRecord of(
            SessionEngine engine, ClientConnection connection, String newestKey, String usedKey, String usedOrigin) {
        String origin = engine.log().origin();
        return origin == null
                ? null
                : new ClientRecord(
                        ClientRecord.digest(newestKey),
                        usedKey.isEmpty() ? "" : ClientRecord.digest(usedKey),
                        connection.wantsConnectionEvents(),
                        connection.features(),
                        origin,
                        usedOrigin);
    }
}
