package dev.videosession.session.internal.stream;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.source.OpusSettings;
import dev.videosession.media.source.VideoCodec;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.link.VideoLimits;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.score.QualityHistory;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A publisher as its session sees it: media to send, and reports of what happens to its stream. Methods may be called from
 * any thread; listeners are called on the callback executor.
 */
public interface LocalPublisher {
    /** {@return the name of its stream} */
    String name();

    /** {@return its stream, if it is published} */
    Optional<Stream> stream();

    /** {@return the own audio} */
    AudioFeed audio();

    PublisherMedia media();

    VideoCodec videoCodec();

    OpusSettings opus();

    VideoLimits videoLimits();

    /** {@return when a link is too poor for video, or null if video is sent over any link} */
    @Nullable
    LinkQuality audioFallback();

    /** {@return gets the measurements of a new path to a subscriber} */
    QualityHistory pathOpened(ConnectionId subscriber);

    /** The path whose measurements went there is closed. */
    void pathClosed(ConnectionId subscriber, QualityHistory history);

    boolean hasListeners();

    /** Calls the listeners, unless the publisher is destroyed by then. */
    void tell(Consumer<PublisherListener> call);

    /**
     * Enters the session of the last publication again.
     *
     * @return why it cannot, or null
     */
    @Nullable
    String reattach();

    /** Leaves its session. */
    void detach();

    void published(Stream own);

    void failed(SessionException error);

    void forceMuted();

    /** Destroys the publisher, as the application may. */
    void destroy();

    /** Reports the end of a stream; destroys the publisher unless a listener prevents it. */
    void ended(Stream own, StreamDestroyReason reason);

    /** As {@link #ended}, at once. For use in a callback; the stream is null if there was none when the session ended. */
    void endNow(@Nullable Stream own, StreamDestroyReason reason);

    /** As {@link #endNow} for a publisher that waits to be published again. */
    void sessionEndedWhileReturning();

    /**
     * Leaves its session because the session started over, and reports the end of the stream.
     *
     * @param again receives on a callback whether it is to be published again
     */
    void startOver(Stream own, Consumer<Boolean> again);
}
