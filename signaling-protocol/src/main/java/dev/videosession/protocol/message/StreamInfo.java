package dev.videosession.protocol.message;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * One published stream, as all participants see it.
 *
 * @param streamId its id
 * @param connectionId whose it is
 * @param name given by the publisher, may be empty, at most {@link Limits#STREAM_NAME} characters
 * @param creationTime when it was published, milliseconds since the epoch on the server's clock
 * @param hasAudio whether audio is being sent
 * @param hasVideo whether video is being sent
 * @param videoType source of the video, or null for a stream that is audio only
 * @param dimensions size of the video, or null for a stream that is audio only
 */
public record StreamInfo(
        StreamId streamId,
        ConnectionId connectionId,
        String name,
        long creationTime,
        boolean hasAudio,
        boolean hasVideo,
        @Nullable VideoType videoType,
        @Nullable Dimensions dimensions) {
    public StreamInfo {
        Text.require("streamId", streamId);
        Text.require("connectionId", connectionId);
        Text.requireText("name", name);
    }

    /**
     * Returns this stream with other properties.
     *
     * @param change the properties to replace; null ones stay as they are
     * @return the changed stream
     */
    public StreamInfo with(StreamChange change) {
        return new StreamInfo(
                streamId,
                connectionId,
                name,
                creationTime,
                change.hasAudio() != null ? change.hasAudio() : hasAudio,
                change.hasVideo() != null ? change.hasVideo() : hasVideo,
                change.videoType() != null ? change.videoType() : videoType,
                change.dimensions() != null ? change.dimensions() : dimensions);
    }
}
