package dev.videosession.app.demo;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Prints events with the milliseconds since the start and the participant. May be used from any thread. */
final class Timeline {
    private final PrintWriter out;
    private final long start = System.nanoTime();

    Timeline(PrintWriter out) {
        this.out = out;
    }

    void tell(String who, String what) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        print(String.format("%6d ms  %-6s %s", millis, who, what));
    }

    synchronized void print(String text) {
        out.println(text);
        out.flush();
    }
}
