package dev.videosession.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ProgramLogTest {
    private static final Logger LOG = LoggerFactory.getLogger("dev.videosession.test");

    @TempDir
    private Path directory;

    @Test
    void filesAreBoundedInSizeAndNumber() throws IOException {
        Path file = directory.resolve("server.log");
        LogSettings settings = new LogSettings(Level.INFO, LogFormat.TEXT, file, LogSettings.MIN_FILE_BYTES, 3);
        String line = "event=test text=\"" + "x".repeat(1000) + "\"";
        try (ProgramLog log = ProgramLog.open(settings)) {
            for (int i = 0; i < 1000; i++) {
                LOG.info(line);
            }
            LOG.debug("event=hidden");
            LOG.info("event=last");
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.sorted().toList();
            assertThat(all)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly("server.log", "server.log.1", "server.log.2");
            for (Path each : all) {
                assertThat(Files.size(each)).isLessThan(LogSettings.MIN_FILE_BYTES + 2000);
            }
        }
        assertThat(Files.readString(file)).endsWith("event=last\n").doesNotContain("event=hidden");
    }

    @Test
    void linesOfAWarmUpAreWarningsOnly() throws Exception {
        Path file = directory.resolve("server.log");
        LogSettings settings = new LogSettings(Level.INFO, LogFormat.TEXT, file, LogSettings.MIN_FILE_BYTES, 2);
        try (ProgramLog log = ProgramLog.open(settings)) {
            for (String name : List.of("warm-up", "warm-up-1-2", "warm-up-clients-3-1", "main")) {
                Thread thread = new Thread(
                        () -> {
                            LOG.info("event=told");
                            LOG.warn("event=warned");
                        },
                        name);
                thread.start();
                thread.join();
            }
        }
        assertThat(Files.readString(file))
                .contains("[main] event=told")
                .doesNotContain("[warm-up] event=told", "[warm-up-1-2] event=told", "[warm-up-clients-3-1] event=told")
                .contains("[warm-up] event=warned", "[warm-up-1-2] event=warned");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path file = directory.resolve("missing").resolve("server.log");
        LogSettings settings = new LogSettings(Level.INFO, LogFormat.JSON, file, LogSettings.MIN_FILE_BYTES, 2);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ProgramLog.open(settings))
                .withMessage("cannot write the log file " + file + ": no such file");
    }
}
