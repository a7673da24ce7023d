package dev.videosession.media.view;

import dev.videosession.media.feed.VideoFrame;
import java.awt.Dimension;
import java.util.function.Consumer;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener the size at which a view shows its video, when the size has been the same for a moment. Frames may come from any
 * thread; the listener is called on the Swing thread.
 */
final class ShownSize {
    private static final int DEBOUNCE_MILLIS = 300;

    /** Encodings of the same video may differ by this share, because their sizes are whole numbers. */
    private static final double SAME_SHAPE = 0.02;

    private final VideoView view;
    private final Timer timer;
    private volatile @Nullable Consumer<Dimension> listener;
    private volatile double shape;
    private @Nullable Dimension last;

    ShownSize(VideoView view) {
        this.view = view;
        timer = new Timer(DEBOUNCE_MILLIS, event -> report());
        timer.setRepeats(false);
    }

    void setListener(@Nullable Consumer<Dimension> newListener) {
        listener = newListener;
        changed();
    }

    /** The view or its scaling changed. */
    void changed() {
        if (listener != null) {
            timer.restart();
        }
    }

    void follow(VideoFrame frame) {
        boolean sideways = frame.rotation() % 180 != 0;
        double now = (double) frame.width() / frame.height();
        double upright = sideways ? 1 / now : now;
        if (Math.abs(upright - shape) > SAME_SHAPE * upright) {
            shape = upright;
            changed();
        }
    }

    void stop() {
        listener = null;
        timer.stop();
    }

    private void report() {
        Consumer<Dimension> told = listener;
        Dimension size = size(view.getSize(), shape, view.scaling(), view.density());
        if (told != null && view.isShowing() && size.width > 0 && size.height > 0 && !size.equals(last)) {
            last = size;
            told.accept(size);
        }
    }

    /** {@return the size of the whole video in pixels of the screen, for a video with this ratio of width to height, 0 if unknown} */
    static Dimension size(Dimension component, double shape, VideoView.Scaling scaling, double density) {
        double width = component.width * density;
        double height = component.height * density;
        boolean wider = shape * height > width;
        boolean byWidth = (scaling == VideoView.Scaling.FIT) == wider;
        if (shape > 0 && byWidth) {
            height = width / shape;
        } else if (shape > 0) {
            width = height * shape;
        }
        return new Dimension((int) Math.round(width), (int) Math.round(height));
    }
}
