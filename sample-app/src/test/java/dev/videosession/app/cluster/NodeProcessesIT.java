package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessesIT {
    @TempDir
    private Path directory;

    private static long running() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("redis"))
                .count();
    }

    @Test
    void logOfAWarmUpIsOneLine() throws IOException {
        try (NodeProcesses nodes = new NodeProcesses(directory, 1)) {
            assertThat(nodes.count()).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("node0.log")))
                    .containsOnlyOnce("event=warmedUp clients=")
                    .doesNotContain("[warm-up");
        }
    }

    @Test
    void nodeThatDoesNotStartLeavesNoRedisBehind() throws IOException {
        long before = running();
        Files.createDirectory(directory.resolve("node0.log")); // where the node cannot write its log
        assertThatThrownBy(() -> new NodeProcesses(directory, 1)).isInstanceOf(IOException.class);
        assertThat(directory.resolve("redis.log")).as("Redis was started").exists();
        Awaitility.await("the end of Redis").atMost(Duration.ofSeconds(10)).until(() -> running() == before);
    }
}
