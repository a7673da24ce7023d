package dev.videosession.server.internal.redis;

import io.lettuce.core.RedisURI;
import java.io.IOException;

/** A server cannot start because Redis cannot be used. The message names no password. */
public final class RedisUnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    RedisUnreachableException(RedisURI uri, Throwable cause) {
        super(
                "cannot use Redis at " + place(uri) + ": " + deepest(cause)
                        + ". Check the address, the password and that Redis runs.",
                cause);
    }

    private static String place(RedisURI uri) {
        return uri.getSentinels().isEmpty()
                ? uri.getHost() + ":" + uri.getPort()
                : "the Sentinels of " + uri.getSentinelMasterId();
    }

    private static String deepest(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        return String.valueOf(deepest.getMessage());
    }
}
