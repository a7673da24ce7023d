package dev.videosession.server.internal.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server must know of a connection to take it over from another one.
 *
 * @param newestKey digest of the newest resume key
 * @param usedKey digest of the resume key with which the client came last, or an empty text
 * @param connectionEvents whether the client gets events about other connections
 * @param features what the client announced, or null
 * @param origin where the events that the client has seen were read from if it has the newest key; its cursor counts for readers of
 *     the same origin only
 * @param usedOrigin the same if it has the key with which it came last, because the answer was lost
 */
public record ClientRecord(
        String newestKey,
        String usedKey,
        boolean connectionEvents,
        @Nullable List<String> features,
        String origin,
        String usedOrigin) {
    public ClientRecord {
        features = features == null ? null : List.copyOf(features);
    }

    /**
     * Makes the digest under which a resume key is kept.
     *
     * @param key the key
     * @return text that does not reveal the key
     */
    public static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * Checks a resume key.
     *
     * @param key what the client presents
     * @return whether it is one of the keys of this connection
     */
    public boolean isOpenedBy(String key) {
        byte[] offered = digest(key).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(newestKey.getBytes(StandardCharsets.UTF_8), offered)
                || MessageDigest.isEqual(usedKey.getBytes(StandardCharsets.UTF_8), offered);
    }

    /**
     * Returns where the events were read from that a client has seen.
     *
     * @param key what the client presents, one of the keys of this connection
     * @return the origin of its cursor
     */
    public String originOf(String key) {
        return isNewest(key) ? origin : usedOrigin;
    }

    /**
     * Tells whether a client has the answer to its last resume.
     *
     * @param key what the client presents
     * @return whether it is the newest key
     */
    public boolean isNewest(String key) {
        return MessageDigest.isEqual(
                newestKey.getBytes(StandardCharsets.UTF_8), digest(key).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ClientRecord[connectionEvents=" + connectionEvents + ", features=" + features + "]";
    }
}
