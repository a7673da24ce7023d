package dev.videosession.app.call;

import dev.videosession.app.event.EventText;
import dev.videosession.app.window.Outcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import org.jspecify.annotations.Nullable;

/** The user's screen as a second stream. For the Swing thread. */
final class ScreenShare {
    private final Session session;
    private final MediaEngine engine;
    private final String name;
    private final CallWindow window;
    private @Nullable Publisher publisher;

    ScreenShare(Session session, MediaEngine engine, String name, CallWindow window) {
        this.session = session;
        this.engine = engine;
        this.name = name;
        this.window = window;
    }

    void start() {
        if (publisher != null) {
            return;
        }
        try {
            Publisher screen =
                    Publisher.builder().mediaEngine(engine).screen().name(name).build();
            publisher = screen;
            screen.addListener(new PublisherListener() {
                @Override
                public void onDestroyed() {
                    forget(screen);
                }

                @Override
                public void onError(SessionException error) {
                    window.frame().setNotice("Sharing the screen failed: " + EventText.message(error.getMessage()));
                }
            });
            window.setSharing(true);
            session.publish(screen)
                    .subscribe(new Outcome(
                            () -> window.frame().setNotice("The others see your screen."), failure -> failed(failure)));
        } catch (MediaUnavailableException e) {
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        stop();
        window.frame().setNotice("Sharing the screen failed: " + EventText.message(failure.getMessage()));
        window.setSharing(false);
    }

    void stop() {
        Publisher screen = publisher;
        if (screen != null) {
            screen.destroy();
            forget(screen);
        }
    }

    private void forget(Publisher screen) {
        if (publisher == screen) {
            publisher = null;
            if (session.state().isEstablished()) { // else the window says why it is not
                window.frame().setNotice("");
            }
            window.setSharing(false);
        }
    }
}
