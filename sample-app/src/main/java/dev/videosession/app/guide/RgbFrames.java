package dev.videosession.app.guide;

import dev.videosession.media.FrameConverter;
import dev.videosession.media.feed.VideoFeed;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Converts the frames of a feed to RGB pixels. */
public final class RgbFrames {
    private RgbFrames() {}

    /**
     * Writes each frame of 1280x720 into an image.
     *
     * @param feed the video, for instance {@code subscriber.video()}
     * @param written called after each frame, on the thread of the feed
     * @return the image
     */
    public static BufferedImage follow(VideoFeed feed, Runnable written) {
        FrameConverter converter = new FrameConverter();
        BufferedImage image = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        feed.addSink(frame -> {
            if (frame.uprightWidth() == 1280 && frame.uprightHeight() == 720) {
                converter.toArgb(frame, pixels);
                written.run();
            }
        });
        return image;
    }
}
