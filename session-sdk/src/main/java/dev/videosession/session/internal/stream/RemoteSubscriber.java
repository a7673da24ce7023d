package dev.videosession.session.internal.stream;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.VideoChangeReason;
import dev.videosession.session.internal.score.QualityHistory;
import java.util.function.Consumer;

/**
 * A subscriber as its session sees it: what to receive and where to deliver it, and reports of what happens to its link.
 * Methods may be called from any thread; listeners are called on the callback executor.
 */
public interface RemoteSubscriber {
    /** {@return the stream that it receives} */
    Stream stream();

    /** {@return the received audio} */
    AudioFeed audio();

    Subscription wanted();

    VideoPipe videoPipe();

    AudioPipe audioPipe();

    /** {@return gets the measurements of its path} */
    QualityHistory quality();

    boolean hasListeners();

    /** Calls the listeners, unless the subscriber is destroyed by then. */
    void tell(Consumer<SubscriberListener> call);

    void linkConnected();

    void linkDisconnected();

    void linkReconnected();

    void videoChanged(boolean on, VideoChangeReason reason);

    /** Reports a failure and destroys the subscriber. */
    void failed(SessionException error);

    /** Destroys the subscriber at once. For use in a callback. */
    void destroyNow(SessionException why);
}
