package dev.videosession.app.screenshot;

import dev.videosession.app.look.Theme;
import dev.videosession.media.MediaEngine;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes screenshots of the call program and the console. */
@Command(
        name = "screenshots",
        description = {
            "Writes screenshots of a call and the console for the documentation as PNG files: call.png and console.png.",
            "A server and synthetic participants run in this process. Needs a display; ./run starts Xvfb if there is none."
        },
        mixinStandardHelpOptions = true)
public final class ScreenshotsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIRECTORY",
            defaultValue = "docs/images",
            description = "Where to write them (${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "1100x700",
            converter = PixelSizeConverter.class,
            description = "Size of the windows in pixels (${DEFAULT-VALUE}).")
    private PixelSize size;

    @Option(
            names = "--participants",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of synthetic participants in addition to the user, 1 to 24 (${DEFAULT-VALUE}).")
    private int participants;

    @Option(
            names = "--all",
            description =
                    "Also write the lobby and the speaker view, and write every picture in the light and the dark theme.")
    private boolean all;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public ScreenshotsCommand() {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (GraphicsEnvironment.isHeadless()) {
            throw new ParameterException(
                    spec.commandLine(), "Screenshots need a display. Set DISPLAY or install xvfb.");
        }
        if (participants < 1 || participants > 24) {
            throw new ParameterException(
                    spec.commandLine(), "--participants must be 1 to 24, not " + participants + ".");
        }
        try (MediaEngine engine = MediaEngine.create();
                StagedSession session = new StagedSession(engine, participants)) {
            session.open();
            List<Theme> themes = all ? List.of(Theme.LIGHT, Theme.DARK) : List.of(Theme.LIGHT);
            for (Theme theme : themes) {
                WindowPictures pictures = new WindowPictures(directory, size, theme, all);
                session.photograph(pictures);
                pictures.files().forEach(file -> spec.commandLine().getOut().println(file));
                spec.commandLine().getOut().flush();
            }
        }
        return 0;
    }
}
