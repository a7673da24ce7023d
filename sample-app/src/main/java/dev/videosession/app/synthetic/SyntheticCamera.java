package dev.videosession.app.synthetic;

import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for a camera: a drawn person that speaks, blinks and moves, in front of a room. A stamped frame carries its number and time
 * in a thin strip at its upper edge, see {@link EdgeStamp}.
 */
public final class SyntheticCamera implements VideoSource {
    private final VideoFormat format;
    private final float hue;
    private final boolean stamped;

    /**
     * A camera in front of a person, with stamped frames.
     *
     * @param format size (even, at least 160x90) and rate
     * @param hue 0 to 1: chooses the person and the colour of the clothes, around the wheel of colours from red over green and blue back
     *     to red
     */
    public SyntheticCamera(VideoFormat format, float hue) {
        this(format, hue, true);
    }

    /**
     * A camera in front of a person.
     *
     * @param format size (even, at least 160x90) and rate
     * @param hue chooses the person, as in {@link #SyntheticCamera(VideoFormat, float)}
     * @param stamped whether each frame carries its number and time
     */
    public SyntheticCamera(VideoFormat format, float hue, boolean stamped) {
        this.format = format;
        this.hue = hue;
        this.stamped = stamped;
    }

    /**
     * A hue that belongs to a name.
     *
     * @param name any
     * @return 0 to 1
     */
    public static float hueOf(String name) {
        return (name.hashCode() * 37 & 0xFF) / 256f;
    }

    @Override
    public Kind kind() {
        return Kind.CAMERA;
    }

    @Override
    public VideoFormat format() {
        return format;
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        CustomVideo frames = VideoSources.custom(format);
        Capture capture = frames.start(sink, ended);
        ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "synthetic-camera");
            thread.setDaemon(true);
            return thread;
        });
        Painting painting = new Painting(frames);
        painter.scheduleAtFixedRate(
                painting::next, 0, TimeUnit.SECONDS.toNanos(1) / format.framesPerSecond(), TimeUnit.NANOSECONDS);
        return () -> {
            painter.shutdownNow();
            capture.close();
        };
    }

    /** Draws one frame after another; of one thread. */
    private final class Painting {
        private final CustomVideo frames;
        private final PersonScene scene = new PersonScene(format.width(), format.height(), hue);
        private final BufferedImage image =
                new BufferedImage(format.width(), format.height(), BufferedImage.TYPE_INT_RGB);
        private long number;

        Painting(CustomVideo frames) {
            this.frames = frames;
        }

        void next() {
            Graphics2D g = image.createGraphics();
            try {
                scene.paint(g, number / (double) format.framesPerSecond());
            } finally {
                g.dispose();
            }
            if (stamped) {
                EdgeStamp.write(image, new FrameStamp(number, System.currentTimeMillis()));
            }
            number++;
            frames.pushImage(image);
        }
    }
}
