package dev.videosession.server.internal.redis;

import dev.videosession.server.internal.logging.LoggedText;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.Set;

/** The reason why Redis cannot be used, for logs and reports. */
public final class RedisFailure {
    private static final int MAX_CHARACTERS = 200;
    private static final Set<String> STATES = Set.of(
            "OOM",
            "MISCONF",
            "READONLY",
            "LOADING",
            "NOREPLICAS",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "BUSY",
            "NOPERM",
            "NOAUTH",
            "WRONGPASS");

    private RedisFailure() {}

    /**
     * Finds the reason of a failure. If Redis refused a command, it is the answer of Redis.
     *
     * @param failure what a command or a connect failed with
     * @return the message of its first cause, in one line of at most 200 characters without quotes
     */
    public static String reason(Throwable failure) {
        Throwable first = firstCause(failure);
        String message = first.getMessage();
        return LoggedText.of(message == null ? first.getClass().getSimpleName() : message, MAX_CHARACTERS);
    }

    /**
     * Returns whether Redis is not reachable, or refuses a command because of its own state or configuration. Other answers, such as
     * {@code ERR} and {@code WRONGTYPE}, mean that the command is wrong.
     *
     * @param failure what a command failed with
     * @return whether the same command succeeds when Redis is available again
     */
    public static boolean isOutage(Throwable failure) {
        Throwable first = firstCause(failure);
        if (first instanceof RedisCommandExecutionException) {
            return STATES.contains(String.valueOf(first.getMessage()).split(" ", 2)[0]);
        }
        return first instanceof RedisDownException || first instanceof RedisException || first instanceof IOException;
    }

    static Throwable firstCause(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first;
    }
}
