package dev.videosession.media;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.internal.capture.CameraVideo;
import dev.videosession.media.internal.capture.PatternVideo;
import dev.videosession.media.internal.capture.ScreenVideo;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.awt.Rectangle;
import org.jspecify.annotations.Nullable;

/** The sources of pictures this module has. */
public final class VideoSources {
    private VideoSources() {}

    /**
     * A camera, opened when capturing starts.
     *
     * @param device which one, or null for the first
     * @param format size and rate to ask the camera for; it may answer with the nearest it has
     * @return the source
     */
    public static VideoSource camera(@Nullable MediaDevice device, VideoFormat format) {
        return new CameraVideo(device, format);
    }

    /**
     * A screen, captured with {@link java.awt.Robot}.
     *
     * @param area what to capture in screen coordinates, or null for the whole default screen
     * @param framesPerSecond 1 to 30; 5 to 15 is usual
     * @return the source; its format is the size of the area, scaled down to fit 1920x1080
     * @throws dev.videosession.media.device.MediaUnavailableException without a display
     */
    public static VideoSource screen(@Nullable Rectangle area, int framesPerSecond) {
        return ScreenVideo.of(area, framesPerSecond);
    }

    /**
     * A synthetic moving picture. Each frame carries its number and time in blocks that
     * {@link dev.videosession.media.probe.FrameStamp#read} finds again after compression and scaling to half.
     *
     * @param format size (at least 160x120, even) and rate
     * @return the source; it counts as a camera
     */
    public static VideoSource pattern(VideoFormat format) {
        return new PatternVideo(format);
    }

    /**
     * A source the application feeds.
     *
     * @param format the size and rate that will be pushed, for metadata
     * @return the source
     */
    public static CustomVideo custom(VideoFormat format) {
        return new CustomVideo(format, VideoSource.Kind.CUSTOM);
    }
}
