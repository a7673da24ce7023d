package dev.videosession.media.internal.capture;

import dev.videosession.media.source.Capture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The running captures of a source that the application feeds. Any thread may call.
 *
 * @param <T> the type of the sinks
 */
public final class RunningCaptures<T> {
    /** One running capture. Entries are compared by identity. */
    private static final class Entry<T> {
        final T sink;
        final Runnable onEnded;

        Entry(T sink, Runnable onEnded) {
            this.sink = sink;
            this.onEnded = onEnded;
        }
    }

    private final Object lock = new Object();
    private List<Entry<T>> entries = List.of();
    private boolean ended;

    /** No capture runs yet. */
    public RunningCaptures() {}

    /**
     * Starts a capture.
     *
     * @param sink gets what is delivered
     * @param onEnded runs when the source ends, at once if it has ended already
     * @return ends the capture
     */
    public Capture add(T sink, Runnable onEnded) {
        Entry<T> entry = new Entry<>(sink, onEnded);
        synchronized (lock) {
            if (!ended) {
                List<Entry<T>> more = new ArrayList<>(entries);
                more.add(entry);
                entries = List.copyOf(more);
                return () -> remove(entry);
            }
        }
        onEnded.run();
        return () -> {};
    }

    private void remove(Entry<T> entry) {
        synchronized (lock) {
            entries = entries.stream().filter(other -> other != entry).toList();
        }
    }

    /**
     * Delivers to every running capture. Holds the lock meanwhile, so that nothing arrives at a capture after its close has returned.
     *
     * @param action gets each sink
     */
    public void each(Consumer<T> action) {
        synchronized (lock) {
            for (Entry<T> entry : entries) {
                action.accept(entry.sink);
            }
        }
    }

    /** Ends the source and every running capture. */
    public void end() {
        List<Entry<T>> running;
        synchronized (lock) {
            ended = true;
            running = entries;
            entries = List.of();
        }
        running.forEach(entry -> entry.onEnded.run());
    }
}
