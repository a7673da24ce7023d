package dev.videosession.server.internal.redis;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.util.Map;

/** A server cannot start because Redis cannot be used. The message names no password. */
public final class RedisUnreachableException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final String RIGHTS = "Give the user of Redis the rights that docs/CLUSTER.md names.";

    /** What to do, by a part of what Redis says. */
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("WRONGPASS", "Check the user in the address and the file with the password."),
            Map.entry("NOAUTH", "Redis needs a password: give --redis-secret-file."),
            Map.entry("NOPERM", RIGHTS),
            Map.entry("No permissions", RIGHTS),
            Map.entry("can't run this command", RIGHTS),
            Map.entry("too old", "Install Redis 7 or a later release."),
            Map.entry("READONLY", "Give the address of the master, or those of the Sentinels."),
            Map.entry("read only replica", "Give the address of the master, or those of the Sentinels."),
            Map.entry(
                    "NOREPLICAS", "Redis wants more replicas for a write: start them, or lower min-replicas-to-write."),
            Map.entry("LOADING", "Redis still reads its file: start the server again when Redis is ready."),
            Map.entry("OOM", "Redis has used its maxmemory: give it more."));

    RedisUnreachableException(RedisURI uri, Throwable cause) {
        super(message(uri, RedisFailure.reason(cause)), cause);
    }

    private static String message(RedisURI uri, String reason) {
        return "cannot use Redis at " + place(uri) + ": " + reason + ". " + remedy(reason);
    }

    private static String remedy(String cause) {
        return REMEDIES.entrySet().stream()
                .filter(remedy -> cause.contains(remedy.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("Check the address, the password and that Redis runs.");
    }

    private static String place(RedisURI uri) {
        return uri.getSentinels().isEmpty()
                ? uri.getHost() + ":" + uri.getPort()
                : "the Sentinels of " + uri.getSentinelMasterId();
    }
}
