package dev.videosession.app.share;

import dev.videosession.app.event.EventText;
import dev.videosession.app.text.Texts;
import dev.videosession.app.window.CommandOutcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import org.jspecify.annotations.Nullable;

/** The user's screen, a part of it, or a window as a second stream. For the Swing thread. */
public final class ScreenShare {
    private static final int FRAMES_PER_SECOND = 15;

    /** Learns what becomes of sharing. Called on the Swing thread. */
    public interface ShareListener {
        /**
         * Sharing has started or ended.
         *
         * @param sharing whether the screen is shared now
         */
        void onSharing(boolean sharing);

        /**
         * The screen cannot be shared.
         *
         * @param sentence what to tell the user
         */
        void onShareFailed(String sentence);
    }

    private final Session session;
    private final MediaEngine engine;
    private final String name;
    private final ShareListener listener;
    private @Nullable Publisher publisher;

    /**
     * Shares nothing yet.
     *
     * @param session to publish to
     * @param engine outlives it
     * @param name of the stream
     * @param listener learns what becomes of it
     */
    public ScreenShare(Session session, MediaEngine engine, String name, ShareListener listener) {
        this.session = session;
        this.engine = engine;
        this.name = name;
        this.listener = listener;
    }

    /** {@return whether the screen is shared} */
    public boolean isSharing() {
        return publisher != null;
    }

    /**
     * Starts to share, unless something is shared.
     *
     * @param choice what to share
     */
    public void start(ShareChoice choice) {
        if (publisher != null) {
            return;
        }
        try {
            Publisher screen = Publisher.builder()
                    .mediaEngine(engine)
                    .video(choice.source(FRAMES_PER_SECOND))
                    .name(name)
                    .build();
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
            session.publish(screen).subscribe(new CommandOutcome(() -> {}, this::failed));
        } catch (MediaUnavailableException e) {
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        stop();
        listener.onSharing(false);
        listener.onShareFailed(Texts.of("call.shareFailed", EventText.message(failure.getMessage())));
    }

    /** Stops to share. */
    public void stop() {
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
