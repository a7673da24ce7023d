package dev.videosession.media.fx;

import dev.videosession.media.FrameConverter;
import dev.videosession.media.feed.LatestFrame;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts the newest frame of a view to the size at which it is shown, at most one for each pulse of JavaFX. A frame that is followed
 * by another one before its turn is dropped. Any thread may call the methods.
 */
final class FxFrames {
    private static final Logger LOG = LoggerFactory.getLogger(FxFrames.class);
    private static final Executor CONVERTER = converter();

    /** One image is converted into, one is shown, and the one before may still be drawn by the thread that renders. */
    private static final int IMAGES = 3;

    private final Consumer<Image> view;
    private final LatestFrame latest = new LatestFrame(frame -> convertSoon());
    private final FrameConverter frameConverter = new FrameConverter();
    private final Object lock = new Object();
    private final AnimationTimer pulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            stop();
            next();
        }
    };

    // Guarded by the lock.
    private int areaWidth;
    private int areaHeight;
    private boolean busy;

    // Confined to the conversion, of which there is one at a time.
    private final @Nullable FxImage[] images = new @Nullable FxImage[IMAGES];
    private int turn;
    private boolean failing;

    /**
     * Creates it without a frame and without an area.
     *
     * @param view called with each new image on the JavaFX application thread
     */
    FxFrames(Consumer<Image> view) {
        this.view = view;
    }

    private static Executor converter() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "media-fx-view");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Sets the room for the video, in pixels of the screen. Nothing is converted while a side is 0. */
    void setArea(int width, int height) {
        synchronized (lock) {
            areaWidth = width;
            areaHeight = height;
        }
        convertSoon();
    }

    /** Takes frames from another feed, or from none. Does nothing after {@link #close()}. */
    void setFeed(@Nullable VideoFeed feed) {
        latest.setFeed(feed);
    }

    /** Releases the frame that waits, and takes no more. */
    void close() {
        latest.close();
    }

    private void convertSoon() {
        synchronized (lock) {
            if (busy || !latest.isPresent() || areaWidth == 0 || areaHeight == 0) {
                return;
            }
            busy = true;
        }
        CONVERTER.execute(this::convert);
    }

    private void convert() {
        VideoFrame frame = latest.take();
        int width;
        int height;
        synchronized (lock) {
            width = areaWidth;
            height = areaHeight;
        }
        FxImage converted = frame == null ? null : converted(frame, width, height);
        if (converted == null) {
            next();
        } else {
            Platform.runLater(() -> show(converted));
        }
    }

    private @Nullable FxImage converted(VideoFrame frame, int areaWidth, int areaHeight) {
        try {
            double scale =
                    Math.min(areaWidth / (double) frame.uprightWidth(), areaHeight / (double) frame.uprightHeight());
            int width = (int) Math.max(1, Math.round(frame.uprightWidth() * scale));
            int height = (int) Math.max(1, Math.round(frame.uprightHeight() * scale));
            FxImage target = images[turn];
            if (target == null || !target.hasSize(width, height)) {
                target = new FxImage(width, height);
                images[turn] = target;
            }
            frameConverter.toBgra(frame, width, height, target.bytes());
            turn = (turn + 1) % IMAGES;
            failing = false;
            return target;
        } catch (RuntimeException | Error e) { // of the native converter, or no memory; the next frame may succeed
            if (!failing) {
                failing = true;
                LOG.warn("event=frameNotShown hint=\"further failures are not logged\"", e);
            }
            return null;
        } finally {
            frame.release();
        }
    }

    private void show(FxImage converted) {
        converted.update();
        view.accept(converted.image());
        pulse.start();
    }

    private void next() {
        synchronized (lock) {
            busy = false;
        }
        convertSoon();
    }
}
