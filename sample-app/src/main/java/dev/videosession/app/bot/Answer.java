package dev.videosession.app.bot;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.session.SessionException;
import io.reactivex.rxjava3.observers.DisposableCompletableObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a command with its outcome. */
final class Answer extends DisposableCompletableObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private final String command;
    private final LineWriter out;
    private final boolean tellSuccess;

    /**
     * Makes an answer.
     *
     * @param tellSuccess false for work without a command: then only a failure is reported
     */
    Answer(String command, LineWriter out, boolean tellSuccess) {
        this.command = command;
        this.out = out;
        this.tellSuccess = tellSuccess;
    }

    @Override
    public void onComplete() {
        if (tellSuccess) {
            out.write(Line.of("done").with("do", command));
        }
    }

    @Override
    public void onError(Throwable failure) {
        out.write(explain(failure).line());
    }

    private CommandException explain(Throwable failure) {
        if (failure instanceof SessionException e) {
            return new CommandException(command, e);
        }
        if (failure instanceof MediaUnavailableException e) {
            return new CommandException(command, e);
        }
        LOG.error("event=commandFailed command={}", command, failure);
        return new CommandException(command, ErrorCode.INTERNAL_ERROR, String.valueOf(failure.getMessage()), failure);
    }
}
