package dev.videosession.protocol.codec;

import dev.videosession.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A text that is not a message of this protocol. Its message may be shown to the sender of the text. */
public final class MessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Long id;

    MessageException(ErrorCode code, @Nullable Long id, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.id = id;
    }

    /**
     * Returns what is wrong.
     *
     * @return {@link ErrorCode#BADLY_FORMED} for what is no JSON or has no type, {@link ErrorCode#NOT_SUPPORTED} for an
     *     unknown type, {@link ErrorCode#INVALID_PARAMETER} for a known type with wrong fields
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * Returns the id of the broken request, so that the answer can name it.
     *
     * @return the id, or null if it could not be read
     */
    public @Nullable Long id() {
        return id;
    }
}
