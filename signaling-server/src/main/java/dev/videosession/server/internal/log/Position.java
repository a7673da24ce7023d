package dev.videosession.server.internal.log;

/**
 * A place in the log of a session: that of an entry.
 *
 * @param sequence number of the entry's last event, which is the cursor that clients know
 * @param nonce a random number that was logged with the entry. A log that lost its newest entries gives their numbers to
 *     other events; the nonce tells them apart
 */
public record Position(long sequence, long nonce) {
    /** The place before the first entry. */
    public static final Position START = new Position(0, 0);
}
