package dev.videosession.app.samples;

import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a session that the application left from one that failed. An error that ends an established session precedes the
 * disconnect event; a call to disconnect causes no error; an error without a disconnect event means that the session was never
 * connected. All calls come on the session's callback executor, so a plain field is enough.
 */
public final class DropDetector implements SessionListener {
    private final Consumer<String> report;
    private boolean connected;
    private @Nullable SessionException cause;

    /**
     * Creates the listener. The caller adds it to the session.
     *
     * @param report receives a sentence
     */
    public DropDetector(Consumer<String> report) {
        this.report = report;
    }

    @Override
    public void onConnected(SessionEvent.SessionConnected event) {
        connected = true;
        cause = null;
    }

    @Override
    public void onError(SessionException error) {
        if (connected) {
            cause = error; // onDisconnected is the next call
        } else {
            report.accept("not connected: " + error.errorName());
        }
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        connected = false;
        String how = event.reason().wireName() + " (" + event.detail().wireName() + ")";
        SessionException error = cause;
        report.accept(error == null ? "left: " + how : "dropped: " + how + ", because of " + error.errorName());
    }
}
