package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.rtp.MediaKind;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the ends of a room have in common. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static String message(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    /** A request whose failure changes nothing. */
    static void ignore(CompletionStage<?> request) {
        request.whenComplete((reply, failure) -> {
            if (failure != null) {
                LOG.debug("event=routerRequestFailed cause=\"{}\"", message(failure));
            }
        });
    }

    static Optional<MediaKind> kind(@Nullable String text) {
        if ("audio".equals(text)) {
            return Optional.of(MediaKind.AUDIO);
        }
        return "video".equals(text) ? Optional.of(MediaKind.VIDEO) : Optional.empty();
    }
}
