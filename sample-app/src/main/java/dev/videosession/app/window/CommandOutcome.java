package dev.videosession.app.window;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.session.SessionException;
import io.reactivex.rxjava3.observers.DisposableCompletableObserver;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the outcome of a command; errors become texts for the user. */
public final class CommandOutcome extends DisposableCompletableObserver {
    private static final Logger LOG = LoggerFactory.getLogger(CommandOutcome.class);

    private final Runnable done;
    private final Consumer<Throwable> failed;

    /**
     * Waits for an outcome.
     *
     * @param done called when the command succeeded
     * @param failed called with what went wrong
     */
    public CommandOutcome(Runnable done, Consumer<Throwable> failed) {
        this.done = done;
        this.failed = failed;
    }

    @Override
    public void onComplete() {
        done.run();
    }

    @Override
    public void onError(Throwable failure) {
        if (!(failure instanceof SessionException || failure instanceof MediaUnavailableException)) {
            LOG.warn("event=commandFailed", failure);
        }
        failed.accept(failure);
    }
}
