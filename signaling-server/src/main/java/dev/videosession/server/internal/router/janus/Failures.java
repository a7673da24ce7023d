package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.server.internal.router.RouterRefusal;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the ends of a room have in common. */
final class Failures {
    private Failures() {}

    static String message(Throwable failure) {
        return String.valueOf(cause(failure).getMessage());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** {@return whether a lost socket may have lost the request, or its answer} */
    static boolean isSocketLost(Throwable failure) {
        return cause(failure) instanceof JanusException lost && lost.code() == JanusException.SOCKET_LOST;
    }

    /** {@return what of a client's request Janus refused, or null if the failure is another one} */
    static @Nullable RouterRefusal refusal(Throwable failure) {
        return cause(failure) instanceof JanusException refused ? refused.refusal() : null;
    }

    /** {@return why what Janus sent could not be used, or null if it could} */
    static @Nullable JanusException attempt(Runnable use) {
        try {
            use.run();
            return null;
        } catch (JanusException e) {
            return e;
        }
    }

    static Optional<MediaKind> kind(@Nullable String text) {
        if ("audio".equals(text)) {
            return Optional.of(MediaKind.AUDIO);
        }
        return "video".equals(text) ? Optional.of(MediaKind.VIDEO) : Optional.empty();
    }
}
