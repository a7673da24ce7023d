package dev.videosession.benchmark.peer;

import java.util.ArrayList;
import java.util.List;

/** How the servers in Java are started. */
public final class JavaOptions {
    /** Up to as many processors, the start script chooses the serial collector. */
    private static final int SERIAL_PROCESSORS = 2;

    private JavaOptions() {}

    /** {@return the options of the start script of the server's package on this machine} */
    public static List<String> server() {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-Xms32m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                "-Dfile.encoding=UTF-8"));
        if (Runtime.getRuntime().availableProcessors() <= SERIAL_PROCESSORS) {
            options.add("-XX:+UseSerialGC");
        }
        return options;
    }
}
