package dev.videosession.app.guide;

import dev.videosession.media.source.VideoSource;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import io.reactivex.rxjava3.core.Completable;
import org.jspecify.annotations.Nullable;

/** Shares the screen as a second stream of a connection. For one thread, usually that of the user interface. */
public final class ScreenSharing {
    private final Session session;
    private @Nullable Publisher screen;

    /**
     * Creates it, not sharing.
     *
     * @param session a connected session
     */
    public ScreenSharing(Session session) {
        this.session = session;
    }

    /**
     * Publishes the screen.
     *
     * @param source {@code VideoSources.screen(null, 15)} for the whole screen
     * @return completes when the stream is in the session
     */
    public Completable start(VideoSource source) {
        stop();
        Publisher publisher = Publisher.builder().video(source).name("Screen").build();
        screen = publisher;
        return session.publish(publisher);
    }

    /** Ends the stream. The camera's stream continues. */
    public void stop() {
        if (screen != null) {
            screen.destroy();
            screen = null;
        }
    }
}
