package dev.videosession.server.internal.router.janus;

/** A request to Janus failed: it was refused, not answered in time, or what came is not what Janus sends. */
final class JanusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The code that is used when Janus sent none. */
    static final int NO_CODE = 0;

    /** Janus does not know the session. */
    static final int NO_SUCH_SESSION = 458;

    /** The VideoRoom plugin has a room of this name. */
    static final int ROOM_EXISTS = 427;

    private final int code;

    JanusException(int code, String message) {
        super(message);
        this.code = code;
    }

    JanusException(String message) {
        this(NO_CODE, message);
    }

    JanusException(String message, Throwable cause) {
        super(message, cause);
        this.code = NO_CODE;
    }

    int code() {
        return code;
    }
}
