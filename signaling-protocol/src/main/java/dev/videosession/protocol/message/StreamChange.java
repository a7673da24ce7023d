package dev.videosession.protocol.message;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.VideoType;
import org.jspecify.annotations.Nullable;

/**
 * New values of a stream's properties. Null means unchanged.
 *
 * @param hasAudio whether audio is being sent
 * @param hasVideo whether video is being sent
 * @param videoType source of the video
 * @param dimensions size of the video
 */
public record StreamChange(
        @Nullable Boolean hasAudio,
        @Nullable Boolean hasVideo,
        @Nullable VideoType videoType,
        @Nullable Dimensions dimensions) {

    /**
     * Tells whether nothing would change.
     *
     * @return true if every property is null
     */
    public boolean isEmpty() {
        return hasAudio == null && hasVideo == null && videoType == null && dimensions == null;
    }
}
