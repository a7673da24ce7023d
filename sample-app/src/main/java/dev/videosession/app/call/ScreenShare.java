package dev.videosession.app.call;

import dev.videosession.app.event.EventText;
import dev.videosession.app.text.Texts;
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
    /** Learns how sharing goes. */
    interface ShareListener {
        void onSharing(boolean sharing);

        void onShareFailed(String sentence);
    }

    private final Session session;
    private final MediaEngine engine;
    private final String name;
    private final ShareListener listener;
    private @Nullable Publisher publisher;

    ScreenShare(Session session, MediaEngine engine, String name, ShareListener listener) {
        this.session = session;
        this.engine = engine;
        this.name = name;
        this.listener = listener;
    }

    boolean isSharing() {
        return publisher != null;
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
                    failed(error);
                }
            });
            listener.onSharing(true);
            session.publish(screen).subscribe(new Outcome(() -> {}, this::failed));
        } catch (MediaUnavailableException e) {
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        stop();
        listener.onSharing(false);
        listener.onShareFailed(Texts.of("call.shareFailed", EventText.message(failure.getMessage())));
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
            listener.onSharing(false);
        }
    }
}
