package dev.videosession.protocol;

/** Upper bounds of what a client may send. Lengths in characters unless said otherwise. */
public final class Limits {
    /** One WebSocket message, in bytes. */
    public static final int MESSAGE_BYTES = 64 * 1024;
    /** A token. */
    public static final int TOKEN = 8 * 1024;
    /** Data of a connection, fixed by its token. */
    public static final int CONNECTION_DATA = 1000;
    /** Name of a stream. */
    public static final int STREAM_NAME = 1000;
    /** Type of a signal: letters, digits and {@code - _ ~ .} only. */
    public static final int SIGNAL_TYPE = 128;
    /** Data of a signal, in bytes of UTF-8. */
    public static final int SIGNAL_DATA_BYTES = 8 * 1024;
    /** A moderator's message to the one that is removed. */
    public static final int MODERATOR_MESSAGE = 1000;
    /** A session description. */
    public static final int SDP = 48 * 1024;
    /** An ICE candidate. */
    public static final int CANDIDATE = 2 * 1024;
    /** ICE candidates in one message. */
    public static final int CANDIDATES = 32;
    /** Streams that one request to mute all streams excludes. */
    public static final int EXCLUDED_STREAMS = 1000;

    private Limits() {}
}
