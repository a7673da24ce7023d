package dev.videosession.server.internal.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server must know of a connection to take it over from another one.
 *
 * @param newestKey digest of the newest resume key
 * @param usedKey digest of the resume key with which the client came last, or an empty text
 * @param connectionEvents whether the client gets events about other connections
 * @param features what the client announced, or null
 * @param origin where the events that the client has seen were read from; its cursor counts for readers of the same origin only
 */
public record ClientRecord(
        String newestKey,
        String usedKey,
        boolean connectionEvents,
        @Nullable List<String> features,
        String origin) {
    public ClientRecord {
        features = features == null ? null : List.copyOf(features);
    }

    @Override
    public String toString() {
        return "ClientRecord[connectionEvents=" + connectionEvents + ", features=" + features + "]";
    }
}
