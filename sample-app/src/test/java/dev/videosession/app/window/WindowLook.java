package dev.videosession.app.window;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A window in one of the ways that a user may see it: theme, size, and pixels of the screen for each unit of length. */
public record WindowLook(String theme, boolean smallest, int scale) {
    private static final Dimension USUAL = new Dimension(1280, 800);

    /** Every theme in every size on an ordinary and on a fine display. */
    public static Stream<WindowLook> all() {
        return Stream.of("LIGHT", "DARK")
                .flatMap(theme -> Stream.of(false, true)
                        .flatMap(smallest -> Stream.of(1, 2).map(scale -> new WindowLook(theme, smallest, scale))));
    }

    public boolean isDark() {
        return theme.equals("DARK");
    }

    /** A display on which a window of 1280x800 fills the screen. */
    public Screen screen(Path directory) throws IOException {
        return new Screen(directory, USUAL.width * scale, USUAL.height * scale);
    }

    /** Starts a program, and gives its window this size. */
    public DrivenWindow start(Path directory, Screen screen, String window, Dimension minimum, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(arguments);
        command.addAll(1, List.of("--theme", theme));
        DrivenWindow started = DrivenWindow.start(directory, screen, List.of("-Dsun.java2d.uiScale=" + scale), command);
        Dimension size = smallest ? minimum : USUAL;
        started.awaitShowing(window);
        started.resize(window, size.width, size.height);
        return started;
    }

    /** The name of a file for a screenshot. */
    public String file(String what) {
        return what + "-" + theme.toLowerCase(Locale.ROOT) + (smallest ? "-smallest" : "")
                + (scale == 1 ? "" : "@" + scale) + ".png";
    }
}
