package dev.videosession.session.internal.dispatch;

import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.DisplayText;
import dev.videosession.session.SessionException;
import java.util.concurrent.CompletionException;

/** The failures that the SDK reports, and how they appear in its log. */
public final class SessionErrors {
    private static final int LONGEST_LABEL = 500;

    private SessionErrors() {}

    /** {@return the failure that the server reported} */
    public static SessionException of(ServerMessage.Failed failed) {
        return new SessionException(failed.code(), failed.name(), failed.message(), failed.retry());
    }

    /** {@return the failure of a subscription that the application ended before media flowed} */
    public static SessionException unsubscribed() {
        return new SessionException(ErrorCode.SUBSCRIPTION_CANCELED, "unsubscribed before media flowed");
    }

    /** {@return the failure of a subscription whose stream ended before media flowed} */
    public static SessionException streamEnded(StreamDestroyReason reason) {
        return new SessionException(
                ErrorCode.STREAM_DESTROYED, "the stream ended before media flowed: " + reason.wireName());
    }

    /** {@return the failure of a subscription whose session ended before media flowed} */
    public static SessionException sessionEnded(DisconnectReason reason) {
        return new SessionException(
                ErrorCode.NOT_CONNECTED, "the session ended before media flowed: " + reason.wireName());
    }

    /** {@return the failure itself, without the wrappers that {@link java.util.concurrent.CompletableFuture} adds} */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** {@return one line for the log} */
    public static String label(SessionException error) {
        return DisplayText.of(error.errorName() + " (" + error.code() + "): " + error.getMessage(), LONGEST_LABEL);
    }
}
