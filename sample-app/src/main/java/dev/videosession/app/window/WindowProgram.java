package dev.videosession.app.window;

import dev.videosession.app.look.Look;
import dev.videosession.app.look.SystemTheme;
import dev.videosession.app.look.Theme;
import dev.videosession.app.process.StopSignal;
import dev.videosession.media.MediaEngine;
import java.awt.GraphicsEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A command that lasts as long as its window. */
public final class WindowProgram {
    private static final Duration GOODBYE = Duration.ofSeconds(6);

    /** Opens the window. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens the window, on the Swing thread.
         *
         * @param engine outlives the window
         * @param onEnded to be called once, on the Swing thread, when the window is closed
         * @return closes the window in order; called on the Swing thread, perhaps after the window was closed
         * @throws IllegalArgumentException if the user's arguments cannot be used; the message says why
         */
        Runnable open(MediaEngine engine, Runnable onEnded);
    }

    private WindowProgram() {}

    /** Prepares the looks of windows; once, before the first one is opened, on the Swing thread. */
    public static void prepareLooks() {
        Look.apply(Theme.SYSTEM);
    }

    /**
     * Opens a window and waits until the user or the operating system ends it.
     *
     * @param command for what the user did wrong
     * @param theme of the window
     * @param opener opens the window
     * @return the exit code: 0 if the window was closed in order
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public static int run(CommandLine command, Theme theme, Opener opener) throws InterruptedException {
        if (GraphicsEnvironment.isHeadless()) {
            throw new ParameterException(
                    command, "a window needs a display; without one, the command bot does the same in lines");
        }
        if (theme == Theme.SYSTEM) {
            SystemTheme.isDark(); // asked here, because the Swing thread must not wait for the answer
        }
        StopSignal stop = new StopSignal().onTermination();
        CountDownLatch ended = new CountDownLatch(1);
        try (MediaEngine engine = MediaEngine.create()) {
            Runnable close = open(command, theme, opener, engine, () -> {
                ended.countDown();
                stop.request();
            });
            stop.await();
            SwingUtilities.invokeLater(close);
            return ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS) ? 0 : 1;
        }
    }

    private static Runnable open(CommandLine command, Theme theme, Opener opener, MediaEngine engine, Runnable onEnded)
            throws InterruptedException {
        AtomicReference<@Nullable Runnable> opened = new AtomicReference<>();
        try {
            SwingUtilities.invokeAndWait(() -> {
                Look.apply(theme);
                opened.set(opener.open(engine, onEnded));
            });
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException cause) {
                throw new ParameterException(command, String.valueOf(cause.getMessage()), cause);
            }
            throw new IllegalStateException("the window could not be opened", e.getCause());
        }
        Runnable close = opened.get();
        if (close == null) {
            throw new IllegalStateException("the window was not opened");
        }
        return close;
    }
}
