package dev.videosession.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A virtual display: Xvfb on a free number. */
public final class Screen implements AutoCloseable {
    private final Child xvfb;
    private final String display;

    public Screen(Path directory) throws IOException {
        this(directory, 1280, 800);
    }

    public Screen(Path directory, int width, int height) throws IOException {
        boolean installed = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "Xvfb")));
        assertThat(installed)
                .as("Xvfb, a display for tests of windows, is not on the PATH; ./test installs it (Debian: apt-get"
                        + " install xvfb)")
                .isTrue();
        xvfb = Child.start(
                "xvfb",
                directory,
                Map.of(),
                List.of("Xvfb", "-displayfd", "1", "-screen", "0", width + "x" + height + "x24", "-nolisten", "tcp"));
        display = ":" + xvfb.line("number of the display", Duration.ofSeconds(15), line -> line.matches("\\d+"));
    }

    public Map<String, String> environment() {
        return Map.of("DISPLAY", display);
    }

    @Override
    public void close() {
        xvfb.close();
    }
}
