package dev.videosession.session.internal.roster;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;
import java.time.Instant;
import java.util.Optional;

/** A stream of the roster, which follows the changes that the server reports. Updated on the loop, read from any thread. */
public final class RosterStream implements Stream {
    private final Connection connection;
    private volatile StreamInfo info;

    RosterStream(StreamInfo info, Connection connection) {
        this.info = info;
        this.connection = connection;
    }

    void update(StreamInfo newer) {
        info = newer;
    }

    StreamInfo info() {
        return info;
    }

    @Override
    public StreamId id() {
        return info.streamId();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String name() {
        return info.name();
    }

    @Override
    public Instant creationTime() {
        return Instant.ofEpochMilli(info.creationTime());
    }

    @Override
    public boolean hasAudio() {
        return info.hasAudio();
    }

    @Override
    public boolean hasVideo() {
        return info.hasVideo();
    }

    @Override
    public Optional<VideoType> videoType() {
        return Optional.ofNullable(info.videoType());
    }

    @Override
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
