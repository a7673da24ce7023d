package dev.videosession.benchmark.peer;

import java.util.List;

/** How the servers in Java are started. */
public final class JavaOptions {
    /** The options of the start script of the server's package. */
    public static final List<String> SERVER = List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-Xms32m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-Dfile.encoding=UTF-8");

    private JavaOptions() {}
}
