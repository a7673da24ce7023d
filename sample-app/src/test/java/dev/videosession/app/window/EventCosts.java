package dev.videosession.app.window;

import java.awt.AWTEvent;
import java.awt.EventQueue;
import java.awt.Toolkit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Measures what each event costs the Swing thread, as CPU time: on a busy machine the time on the clock says little. */
final class EventCosts extends EventQueue {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Long> nanos = new ArrayList<>(); // of the Swing thread
    private final List<Consumer<AWTEvent>> listeners = new CopyOnWriteArrayList<>();

    /** Begins to measure. */
    static EventCosts install() {
        EventCosts costs = new EventCosts();
        Toolkit.getDefaultToolkit().getSystemEventQueue().push(costs);
        return costs;
    }

    /** Calls it on the Swing thread with each event that is about to be handled. */
    void addListener(Consumer<AWTEvent> listener) {
        listeners.add(listener);
    }

    void removeListener(Consumer<AWTEvent> listener) {
        listeners.remove(listener);
    }

    @Override
    protected void dispatchEvent(AWTEvent event) {
        listeners.forEach(listener -> listener.accept(event));
        long before = threads.getCurrentThreadCpuTime();
        super.dispatchEvent(event);
        nanos.add(threads.getCurrentThreadCpuTime() - before);
    }

    /**
     * Events, and microseconds of the one at 50 %, at 99 %, of the longest and of all of them, since the last call; on the Swing thread.
     */
    String report(String ignoredObject) {
        List<Long> sorted = new ArrayList<>(nanos);
        nanos.clear();
        if (sorted.isEmpty()) {
            return "0 0 0 0 0";
        }
        Collections.sort(sorted);
        int last = sorted.size() - 1;
        long sum = sorted.stream().mapToLong(Long::longValue).sum();
        return sorted.size() + " " + micros(sorted.get(last / 2)) + " " + micros(sorted.get(last * 99 / 100)) + " "
                + micros(sorted.get(last)) + " " + micros(sum);
    }

    private static long micros(long nanoseconds) {
        return TimeUnit.NANOSECONDS.toMicros(nanoseconds);
    }
}
