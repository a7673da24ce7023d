package dev.videosession.server.internal.redis.schema;

import dev.videosession.server.internal.redis.RedisLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a script, or the failure because of which it is unknown.
 *
 * @param result a list, or null after a failure
 * @param failure null if there is a result
 */
public record RedisReply(
        @Nullable List<Object> result, @Nullable Throwable failure) {
    /**
     * Returns one element of the result.
     *
     * @param index its place
     * @return the element
     * @throws IllegalStateException if there is no result
     */
    public Object at(int index) {
        if (result == null) {
            throw new IllegalStateException("there is no result", failure);
        }
        return result.get(index);
    }

    /**
     * Returns a text.
     *
     * @param index its place in the result
     * @return the text
     */
    public String text(int index) {
        return RedisLink.text(at(index));
    }

    /**
     * Returns a number.
     *
     * @param index its place in the result
     * @return the number
     */
    public long number(int index) {
        return (Long) at(index);
    }

    /**
     * Returns a list.
     *
     * @param index its place in the result
     * @return the list
     */
    @SuppressWarnings("unchecked") // arrays of Redis have elements of any type
    public List<Object> list(int index) {
        return (List<Object>) at(index);
    }

    /**
     * Returns the entries of a log.
     *
     * @param json reads events
     * @param index their place in the result
     * @return the entries in order
     * @throws com.squareup.moshi.JsonDataException if this release cannot read one
     */
    public List<StoredEntry> entries(EventJson json, int index) {
        return StoredEntry.readAll(json, list(index));
    }
}
