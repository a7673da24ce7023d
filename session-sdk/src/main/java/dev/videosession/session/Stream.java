package dev.videosession.session;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.StreamInfo;
import dev.videosession.protocol.VideoType;
import java.time.Instant;
import java.util.Optional;

/**
 * One published stream. Its properties are those of the moment they are read: an object that a listener received earlier
 * follows the changes. Two are equal if they have the same id.
 */
public final class Stream {
    private final Connection connection;
    private volatile StreamInfo info;

    Stream(StreamInfo info, Connection connection) {
        this.info = info;
        this.connection = connection;
    }

    void update(StreamInfo newer) {
        info = newer;
    }

    StreamInfo info() {
        return info;
    }

    /**
     * Returns the id.
     *
     * @return the id
     */
    public StreamId id() {
        return info.streamId();
    }

    /**
     * Returns whose it is.
     *
     * @return the publisher's connection
     */
    public Connection connection() {
        return connection;
    }

    /**
     * Returns the name that its publisher gave it, as it is; see {@link DisplayText} before you show it.
     *
     * @return the name, may be empty
     */
    public String name() {
        return info.name();
    }

    /**
     * Returns when it was published.
     *
     * @return a moment on the server's clock
     */
    public Instant creationTime() {
        return Instant.ofEpochMilli(info.creationTime());
    }

    /**
     * Tells whether audio is being sent.
     *
     * @return false if there is none or it is muted
     */
    public boolean hasAudio() {
        return info.hasAudio();
    }

    /**
     * Tells whether video is being sent.
     *
     * @return false if there is none or it is turned off
     */
    public boolean hasVideo() {
        return info.hasVideo();
    }

    /**
     * Returns where its pictures come from.
     *
     * @return the type, or empty for a stream that is audio only
     */
    public Optional<VideoType> videoType() {
        return Optional.ofNullable(info.videoType());
    }

    /**
     * Returns the size of its pictures as published.
     *
     * @return the size in pixels, or empty for a stream that is audio only
     */
    public Optional<Dimensions> videoDimensions() {
        return Optional.ofNullable(info.dimensions());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stream stream && stream.id().equals(id());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public String toString() {
        return "Stream[" + id() + " of " + connection.id() + "]";
    }
}
