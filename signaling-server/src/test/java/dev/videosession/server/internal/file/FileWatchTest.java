package dev.videosession.server.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @TempDir
    private Path directory;

    private final List<String> loaded = new ArrayList<>();

    private FileWatch watch(Path file) throws IOException {
        FileWatch.Target target = new FileWatch.Target() {
            @Override
            public void load() throws IOException {
                String text = Files.readString(file);
                if (text.equals("bad")) {
                    throw new IOException("bad content");
                }
                loaded.add(text);
            }

            @Override
            public String name() {
                return "test";
            }
        };
        return new FileWatch(List.of(file), target, Duration.ofDays(1)); // looks only when a test asks
    }

    @Test
    void eachReloadReportsAFileThatCannotBeUsed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "one");
        try (FileWatch watch = watch(file)) {
            Files.writeString(file, "bad");

            assertThatIOException().isThrownBy(watch::reload).withMessage("bad content");
            assertThatIOException().isThrownBy(watch::reload).withMessage("bad content");
            assertThat(loaded).containsExactly("one");
        }
    }

    @Test
    void reloadAfterAFailureLoadsARepairedFileOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "one");
        try (FileWatch watch = watch(file)) {
            Files.writeString(file, "bad");
            assertThatIOException().isThrownBy(watch::reload);
            Files.writeString(file, "two");

            assertThat(watch.reload()).isTrue();
            assertThat(watch.reload()).isFalse();
            assertThat(loaded).containsExactly("one", "two");
        }
    }
}
