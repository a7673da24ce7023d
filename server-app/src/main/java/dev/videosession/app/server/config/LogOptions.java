package dev.videosession.app.server.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.core.util.FileSize;
import dev.videosession.app.logging.LogFormat;
import dev.videosession.app.logging.LogSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a server's log. {@link OptionValues} reads them. */
@SuppressWarnings("UnusedVariable") // read by their names, together with those of the environment and the file
public final class LogOptions {
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error");

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "trace, debug, info, warn or error (info).")
    private @Nullable String level;

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "text, or json: one object per line (text).")
    private @Nullable String format;

    @Option(names = "--log-file", paramLabel = "FILE", description = "Log to this file instead of standard error.")
    private @Nullable String file;

    @Option(
            names = "--log-file-size",
            paramLabel = "SIZE",
            description = "Size at which the log file is renamed to FILE.1 and a new one is started (10MB).")
    private @Nullable String fileSize;

    @Option(names = "--log-files", paramLabel = "N", description = "Number of log files to keep, 2 to 20 (10).")
    private @Nullable String files;

    /** For the command line. */
    public LogOptions() {}

    /**
     * Reads the options.
     *
     * @param settings where they are
     * @return what is logged and where
     * @throws IllegalArgumentException if one cannot be used; the message names it
     */
    public static LogSettings read(Settings settings) {
        String level = settings.find("log-level", settings.find("log", "info")).toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException(
                    settings.source("log-level") + " must be trace, debug, info, warn or error, was " + level);
        }
        LogSettings normal = LogSettings.standardError(Level.toLevel(level));
        String file = settings.find("log-file");
        String size = settings.find("log-file-size");
        int files = settings.number("log-files", normal.files());
        return settings.applying(
                () -> new LogSettings(
                        normal.level(),
                        format(settings.find("log-format", "text")),
                        file == null ? null : Path.of(file),
                        size == null
                                ? normal.fileBytes()
                                : FileSize.valueOf(size).getSize(),
                        files),
                "log-format",
                "log-file-size",
                "log-files");
    }

    private static LogFormat format(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw new IllegalArgumentException("text or json expected, was " + name);
        };
    }
}
