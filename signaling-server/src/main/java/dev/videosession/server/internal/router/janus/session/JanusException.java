package dev.videosession.server.internal.router.janus.session;

import dev.videosession.server.internal.router.RouterRefusal;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A request to Janus failed: Janus refused it, did not answer in time, or sent an unexpected answer. */
public final class JanusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The code that is used when Janus sent none. */
    private static final int NO_CODE = 0;

    /** The socket was lost before the answer came. Janus may have carried out the request. */
    static final int SOCKET_LOST = -1;

    /** Janus does not know the session. */
    public static final int NO_SUCH_SESSION = 458;

    /** The VideoRoom plugin has a room of this name. */
    public static final int ROOM_EXISTS = 427;

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

    /** {@return the code of the failure that Janus reported, or 0} */
    public int code() {
        return code;
    }

    /**
     * Describes the failure of a request.
     *
     * @param failure of a stage
     * @return its message, for the log and for people
     */
    public static String messageOf(Throwable failure) {
        return String.valueOf(causeOf(failure).getMessage());
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * Tells how Janus refused a request.
     *
     * @param failure of a stage
     * @param code a code of Janus
     * @return whether the failure has this code
     */
    public static boolean hasCode(Throwable failure, int code) {
        return causeOf(failure) instanceof JanusException refused && refused.code == code;
    }

    /**
     * Tells whether a request may have been lost.
     *
     * @param failure of a stage
     * @return whether a lost socket may have lost the request, or its answer
     */
    public static boolean isSocketLost(Throwable failure) {
        return hasCode(failure, SOCKET_LOST);
    }

    /**
     * Tells what of a client's request Janus refused.
     *
     * @param failure of a stage
     * @return the kind of refusal, or null if the failure is not the client's
     */
    public static @Nullable RouterRefusal refusalIn(Throwable failure) {
        return causeOf(failure) instanceof JanusException refused ? refused.refusal() : null;
    }

    /**
     * Uses what Janus has sent.
     *
     * @param use reads it
     * @return why it could not be used, or null if it could
     */
    public static @Nullable JanusException thrownBy(Runnable use) {
        try {
            use.run();
            return null;
        } catch (JanusException e) {
            return e;
        }
    }

    /** {@return whether Janus has not answered the request, so that it is unknown whether Janus has carried it out} */
    boolean isUnanswered() {
        return code == NO_CODE || code == SOCKET_LOST;
    }

    private @Nullable RouterRefusal refusal() {
        if (code == PUBLISHERS_FULL) {
            return RouterRefusal.CAPACITY;
        }
        return DESCRIPTION_REFUSED.contains(code) ? RouterRefusal.DESCRIPTION : null;
    }
}
