package dev.videosession.session;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import java.time.Instant;
import java.util.Optional;

/**
 * One published stream. Getters return current values, also on an object received earlier. Two streams are equal if they have the same id.
 */
public interface Stream {
    /** {@return the id} */
    StreamId id();

    /** {@return the publisher's connection} */
    Connection connection();

    /** {@return the name that its publisher chose, unchanged and possibly empty; see {@link DisplayText} before you show it} */
    String name();

    /** {@return when it was published, by the server's clock} */
    Instant creationTime();

    /** {@return whether audio is sent; false if there is no audio or it is muted} */
    boolean hasAudio();

    /** {@return whether video is sent; false if there is no video or it is turned off} */
    boolean hasVideo();

    /** {@return the kind of its video source, or empty for a stream without video} */
    Optional<VideoType> videoType();

    /** {@return the size of its video in pixels as published, or empty for a stream without video} */
    Optional<Dimensions> videoDimensions();
}
