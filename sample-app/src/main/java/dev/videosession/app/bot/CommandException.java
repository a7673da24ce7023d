package dev.videosession.app.bot;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.session.SessionException;
import org.jspecify.annotations.Nullable;

/** A command that could not be carried out. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String command;
    private final int code;
    private final String name;
    private final boolean retry;

    CommandException(@Nullable String command, ErrorCode code, String message) {
        super(message);
        this.command = command;
        this.code = code.code();
        this.name = code.errorName();
        this.retry = code.isRetryable();
    }

    CommandException(@Nullable String command, ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.command = command;
        this.code = code.code();
        this.name = code.errorName();
        this.retry = code.isRetryable();
    }

    CommandException(String command, SessionException cause) {
        this(command, cause.code(), cause.errorName(), cause.isRetryable(), cause);
    }

    CommandException(String command, MediaUnavailableException cause) {
        this(command, ErrorCode.NO_DEVICES_FOUND, String.valueOf(cause.getMessage()), cause);
    }

    private CommandException(String command, int code, String name, boolean retry, Throwable cause) {
        super(cause.getMessage(), cause);
        this.command = command;
        this.code = code;
        this.name = name;
        this.retry = retry;
    }

    /** The line that answers the command; its {@code do} is null if the command had none. */
    Line line() {
        return Line.of("error")
                .with("do", command)
                .with("code", code)
                .with("name", name)
                .with("message", getMessage())
                .with("retry", retry);
    }
}
