package dev.videosession.media;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.internal.capture.CameraVideo;
import dev.videosession.media.internal.capture.PatternVideo;
import dev.videosession.media.internal.capture.ProcessedVideo;
import dev.videosession.media.internal.desktop.ScreenVideo;
import dev.videosession.media.internal.desktop.WindowVideo;
import dev.videosession.media.source.DesktopWindow;
import dev.videosession.media.source.FrameProcessor;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.time.TimeSource;
import java.awt.Rectangle;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates sources of video. */
public final class VideoSources {
    private VideoSources() {}

    /**
     * Creates a source for a camera, which is opened when capturing starts.
     *
     * @param device the camera, or null for the first one
     * @param format the size and frame rate to ask the camera for; it uses the nearest that it has
     * @return the source
     */
    public static VideoSource camera(@Nullable MediaDevice device, VideoFormat format) {
        return new CameraVideo(device, format);
    }

    /**
     * Creates a source for a screen, captured with {@link java.awt.Robot}.
     *
     * @param area what to capture in screen coordinates, or null for the whole default screen
     * @param framesPerSecond 1 to 30; 5 to 15 is usual
     * @return the source; its format is the size of the area, scaled down to fit 1920x1080
     * @throws dev.videosession.media.device.MediaUnavailableException without a display
     */
    public static VideoSource screen(@Nullable Rectangle area, int framesPerSecond) {
        return ScreenVideo.of(area, framesPerSecond, TimeSource.system());
    }

    /**
     * Lists the windows that {@link #window} can capture. A call takes some milliseconds: do not make it on the Swing thread.
     *
     * @return the visible windows with a title, the lowest first; on Linux those of the X server of DISPLAY, elsewhere none
     */
    public static List<DesktopWindow> windows() {
        return WindowVideo.list();
    }

    /**
     * Creates a source for a window, which is captured without the windows above it. The video has the size of the window and follows
     * it; while the window is minimized, the last frame stays. When it is closed, the source ends.
     *
     * @param window one of {@link #windows()}
     * @param framesPerSecond 1 to 30; 5 to 15 is usual
     * @return the source; its kind is SCREEN
     * @throws dev.videosession.media.device.MediaUnavailableException if the window was closed
     */
    public static VideoSource window(DesktopWindow window, int framesPerSecond) {
        return WindowVideo.of(Objects.requireNonNull(window, "window"), framesPerSecond, TimeSource.system());
    }

    /**
     * Creates synthetic moving video. Each frame carries its number and time in blocks that {@link
     * dev.videosession.media.probe.FrameStamp#read} still finds after compression and scaling to half the size.
     *
     * @param format size (at least 160x120, even) and frame rate
     * @return the source; its kind is CAMERA
     */
    public static VideoSource pattern(VideoFormat format) {
        return new PatternVideo(format, TimeSource.system());
    }

    /**
     * Creates a source that the application pushes frames into.
     *
     * @param format the size and frame rate that will be pushed, for metadata
     * @return the source
     */
    public static CustomVideo custom(VideoFormat format) {
        return new CustomVideo(format, VideoSource.Kind.CUSTOM, TimeSource.system());
    }

    /**
     * Processes the frames of another source before they are shown and sent, without a copy.
     *
     * <pre>{@code
     * publisher.switchVideo(VideoSources.processed(VideoSources.camera(null, VideoFormat.P720), frame -> {
     *     ByteBuffer y = frame.planeY(); // a white bar at the top
     *     for (int i = 0; i < 8 * frame.strideY(); i++) {
     *         y.put(i, (byte) 235);
     *     }
     * }));
     * }</pre>
     *
     * @param source where the frames come from
     * @param processor changes each frame; see there for what happens if it is slow or fails
     * @return a source of the same kind and format
     */
    public static VideoSource processed(VideoSource source, FrameProcessor processor) {
        return new ProcessedVideo(
                Objects.requireNonNull(source, "source"), Objects.requireNonNull(processor, "processor"));
    }
}
