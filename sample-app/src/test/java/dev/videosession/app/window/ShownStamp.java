package dev.videosession.app.window;

import dev.videosession.app.synthetic.EdgeStamp;
import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.VideoFormat;
import java.awt.AWTException;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads the number in synthetic video from the pixels of the screen. */
final class ShownStamp {
    private ShownStamp() {}

    /** The number in the video that fills a part of the screen, or "none". */
    static String number(Rectangle part) throws AWTException {
        BufferedImage image = new Robot().createScreenCapture(part);
        int width = image.getWidth() & ~1;
        int height = image.getHeight() & ~1;
        CustomVideo frames = VideoSources.custom(new VideoFormat(width, height, 1));
        VideoFrame frame = frames.newFrame(width, height);
        try {
            ByteBuffer luma = frame.planeY();
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int rgb = image.getRGB(x, y);
                    luma.put(y * frame.strideY() + x, (byte)
                            ((299 * (rgb >> 16 & 0xFF) + 587 * (rgb >> 8 & 0xFF) + 114 * (rgb & 0xFF)) / 1000));
                }
            }
            Optional<FrameStamp> stamp = FrameStamp.read(frame).or(() -> EdgeStamp.read(frame));
            return stamp.map(each -> String.valueOf(each.number())).orElse("none");
        } finally {
            frame.release();
        }
    }
}
