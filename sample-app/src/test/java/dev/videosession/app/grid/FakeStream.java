package dev.videosession.app.grid;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;
import java.time.Instant;
import java.util.Optional;

/** A stream with audio and video of a participant. */
public record FakeStream(StreamId id, Connection connection, String name, Optional<VideoType> videoType)
        implements Stream {

    /** A stream with video of a camera. */
    public static FakeStream camera(String id, Connection connection) {
        return new FakeStream(new StreamId(id), connection, "", Optional.of(VideoType.CAMERA));
    }

    /** A shared screen. */
    public static FakeStream screen(String id, Connection connection) {
        return new FakeStream(new StreamId(id), connection, "", Optional.of(VideoType.SCREEN));
    }

    /** A connection whose token names its participant. */
    public static Connection connection(String name) {
        return new Connection(new ConnectionId("connection-" + name), Instant.EPOCH, "name=" + name, Role.PUBLISHER);
    }

    @Override
    public Instant creationTime() {
        return Instant.EPOCH;
    }

    @Override
    public boolean hasAudio() {
        return true;
    }

    @Override
    public boolean hasVideo() {
        return true;
    }

    @Override
    public Optional<Dimensions> videoDimensions() {
        return Optional.empty();
    }
}
