package dev.videosession.app.device;

import dev.videosession.session.Publisher;
import org.jspecify.annotations.Nullable;

/** Receives the changes of {@link OwnMedia}. Called on the Swing thread. */
public interface MediaListener {
    /**
     * There is a publisher, in place of the former one.
     *
     * @param now the new one
     * @param former to be destroyed by the listener when it needs it no longer; or null
     */
    void onPublisher(Publisher now, @Nullable Publisher former);

    /** Something was turned on or off. */
    void onMediaChanged();

    /**
     * A device cannot be used.
     *
     * @param sentence what to tell the user
     */
    void onMediaFailed(String sentence);
}
