package dev.videosession.media.probe;

import dev.videosession.media.feed.VideoFrame;
import java.util.Optional;

/**
 * A number and a time that a synthetic picture carries in its pixels.
 *
 * @param number of the frame, from 0, modulo 2^32
 * @param epochMillis when it was drawn, by the drawer's clock, in milliseconds since 1970
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public record FrameStamp(long number, long epochMillis) {
    /**
     * Reads the stamp out of a picture from {@link dev.videosession.media.source.VideoSources#pattern}, compressed and
     * scaled as it may be. Cheap: looks at a few hundred pixels. Any thread.
     *
     * @param frame a frame; only valid during the call
     * @return the stamp, or empty when the picture has none or its checksum is wrong
     */
    public static Optional<FrameStamp> read(VideoFrame frame) {
        throw new UnsupportedOperationException();
    }
}
