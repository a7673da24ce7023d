package dev.videosession.app.share;

import dev.videosession.media.VideoSources;
import dev.videosession.media.source.DesktopWindow;
import dev.videosession.media.source.VideoSource;
import java.awt.Rectangle;

/** What the user wants to share. */
public sealed interface ShareChoice {
    /**
     * Creates the source.
     *
     * @param framesPerSecond of the video
     * @return the source, not started
     * @throws dev.videosession.media.device.MediaUnavailableException if it is not available any more
     */
    VideoSource source(int framesPerSecond);

    /**
     * A screen, or a part of it.
     *
     * @param bounds in coordinates of the screen
     */
    record Area(Rectangle bounds) implements ShareChoice {
        @Override
        public VideoSource source(int framesPerSecond) {
            return VideoSources.screen(bounds, framesPerSecond);
        }
    }

    /**
     * A window, without those above it.
     *
     * @param window of any program
     */
    record Window(DesktopWindow window) implements ShareChoice {
        @Override
        public VideoSource source(int framesPerSecond) {
            return VideoSources.window(window, framesPerSecond);
        }
    }
}
