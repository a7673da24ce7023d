package dev.videosession.media.fx;

import dev.videosession.media.feed.VideoFeed;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * A JavaFX node that shows a video feed: the whole frame, with its aspect ratio, in the middle of the node.
 *
 * <pre>{@code
 * FxVideoView view = new FxVideoView();
 * view.setFeed(subscriber.video());
 * stage.setScene(new Scene(view, 1280, 720));
 * }</pre>
 *
 * <p>Frames are converted to the size of the view on a thread of their own, neither on the JavaFX application thread nor on the decoder's,
 * at most one for each pulse of JavaFX. Frames that arrive faster are dropped. A view that is not in a window that is showing converts
 * nothing.
 *
 * <p>{@link #setFeed} and {@link #close()} may be called from any thread. All other methods are for the JavaFX application thread once
 * the view is in a window, as with any node.
 */
public final class FxVideoView extends Region implements AutoCloseable {
    private static final Background BLACK = new Background(new BackgroundFill(Color.BLACK, null, null));

    /** Scales that differ by less are the same: sizes are whole numbers of pixels. */
    private static final double SAME_SCALE = 0.01;

    private final ImageView imageView = new ImageView();
    private final FxFrames frames = new FxFrames(this::show);
    private final ObservableValue<Boolean> windowShowing = sceneProperty()
            .flatMap(Scene::windowProperty)
            .flatMap(Window::showingProperty)
            .orElse(false);
    private final ObservableValue<Number> density = sceneProperty()
            .flatMap(Scene::windowProperty)
            .flatMap(Window::outputScaleXProperty)
            .orElse(1.0);

    /** Creates a view without a feed, which is black. */
    public FxVideoView() {
        setBackground(BLACK);
        setMinSize(0, 0);
        getChildren().add(imageView);
        windowShowing.addListener((observable, before, now) -> followWindow(now));
        density.addListener((observable, before, now) -> requestLayout());
    }

    /**
     * Shows another feed. The last frame stays visible until the first one of the new feed. Does nothing after {@link #close()}.
     *
     * @param feed the feed to show, or null for none
     */
    public void setFeed(@Nullable VideoFeed feed) {
        frames.setFeed(feed);
    }

    /**
     * Mirrors the video left to right, as users expect of their own preview.
     *
     * @param mirrored whether to mirror; false at first
     */
    public void setMirrored(boolean mirrored) {
        imageView.setScaleX(mirrored ? -1 : 1);
    }

    /** A view that is no longer in a window that is showing has no layout pass. */
    private void followWindow(boolean showing) {
        if (showing) {
            requestLayout();
        } else {
            frames.setArea(0, 0);
        }
    }

    private void show(Image image) {
        Image before = imageView.getImage();
        imageView.setImage(image);
        if (before == null || before.getWidth() != image.getWidth() || before.getHeight() != image.getHeight()) {
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double scale = density.getValue().doubleValue();
        boolean showing = windowShowing.getValue();
        frames.setArea(pixels(showing ? getWidth() * scale : 0), pixels(showing ? getHeight() * scale : 0));
        Image image = imageView.getImage();
        if (image != null) {
            place(image, scale);
        }
    }

    private static int pixels(double length) {
        return (int) Math.round(length);
    }

    private void place(Image image, double density) {
        double fitting = Math.min(getWidth() / image.getWidth(), getHeight() / image.getHeight());
        boolean plainCopy = Math.abs(fitting * density - 1) < SAME_SCALE;
        double scale = plainCopy ? 1 / density : fitting;
        double width = image.getWidth() * scale;
        double height = image.getHeight() * scale;
        imageView.setFitWidth(width);
        imageView.setFitHeight(height);
        imageView.setSmooth(!plainCopy); // smoothing a plain copy changes no pixel and costs time
        imageView.relocate(snapPositionX((getWidth() - width) / 2), snapPositionY((getHeight() - height) / 2));
        boolean covered = width >= getWidth() && height >= getHeight();
        setBackground(covered ? null : BLACK); // painting what the video covers costs time in each frame
    }

    /** Removes the view from its feed. The last frame stays visible. A second call does nothing. */
    @Override
    public void close() {
        frames.close();
    }
}
