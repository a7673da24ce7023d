package dev.videosession.server.internal.redis.log;

import dev.videosession.server.internal.redis.RedisLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script returned, or why it is not known.
 *
 * @param result a list, or null after a failure
 * @param failure null if there is a result
 */
record RedisReply(@Nullable List<Object> result, @Nullable Throwable failure) {
    Object at(int index) {
        if (result == null) {
            throw new IllegalStateException("there is no result", failure);
        }
        return result.get(index);
    }

    String text(int index) {
        return RedisLink.text(at(index));
    }

    long number(int index) {
        return (Long) at(index);
    }

    @SuppressWarnings("unchecked") // arrays of Redis have elements of any type
    List<Object> list(int index) {
        return (List<Object>) at(index);
    }

    String textIn(int index, int inner) {
        return RedisLink.text(list(index).get(inner));
    }
}
