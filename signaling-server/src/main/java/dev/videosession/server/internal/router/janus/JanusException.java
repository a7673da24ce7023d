package dev.videosession.server.internal.router.janus;

import dev.videosession.server.internal.router.RouterRefusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request to Janus failed: it was refused, not answered in time, or what came is not what Janus sends. */
final class JanusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The code that is used when Janus sent none. */
    static final int NO_CODE = 0;

    /** The socket was lost before the answer came. Janus may have carried out the request. */
    static final int SOCKET_LOST = -1;

    /** Janus does not know the session. */
    static final int NO_SUCH_SESSION = 458;

    /** The VideoRoom plugin has a room of this name. */
    static final int ROOM_EXISTS = 427;

    /** The core, or the VideoRoom plugin, cannot use a session description. */
    private static final Set<Integer> DESCRIPTION_REFUSED = Set.of(431, 437, 464, 465, 469);

    /** The room has as many publishers as it may have. */
    private static final int PUBLISHERS_FULL = 432;

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

    /** {@return whether Janus has not answered the request, so that it is unknown whether Janus has carried it out} */
    boolean isUnanswered() {
        return code == NO_CODE || code == SOCKET_LOST;
    }

    /** {@return what of a client's request was refused, or null if the failure is not the client's} */
    @Nullable
    RouterRefusal refusal() {
        if (code == PUBLISHERS_FULL) {
            return RouterRefusal.CAPACITY;
        }
        return DESCRIPTION_REFUSED.contains(code) ? RouterRefusal.DESCRIPTION : null;
    }
}
