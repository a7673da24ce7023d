package dev.videosession.app.logging;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is logged and where.
 *
 * @param level least level of the lines of this project; other libraries log from WARN on
 * @param format how lines look
 * @param file where lines go, or null for standard error
 * @param fileBytes a file of this size is renamed and a new one is begun
 * @param files how many files are kept, the current one included, 2 to {@value #MAX_FILES}
 */
public record LogSettings(
        Level level, LogFormat format, @Nullable Path file, long fileBytes, int files) {
    static final int MAX_FILES = 20;
    static final long MIN_FILE_BYTES = 64L * 1024;
    /** 10 files of 10 MiB. */
    private static final long DEFAULT_FILE_BYTES = 10L * 1024 * 1024;

    private static final int DEFAULT_FILES = 10;

    public LogSettings {
        if (fileBytes < MIN_FILE_BYTES) {
            throw new IllegalArgumentException("a log file must hold at least 64 KiB");
        }
        if (files < 2 || files > MAX_FILES) {
            throw new IllegalArgumentException("from 2 to " + MAX_FILES + " log files can be kept, was " + files);
        }
    }

    /** {@return text on standard error} */
    public static LogSettings standardError(Level level) {
        return new LogSettings(level, LogFormat.TEXT, null, DEFAULT_FILE_BYTES, DEFAULT_FILES);
    }
}
