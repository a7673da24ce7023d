package dev.videosession.media.internal.capture;

import dev.videosession.media.source.Capture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The running captures of a source that the application feeds. Any thread.
 *
 * @param <T> the type of the sinks
 */
public final class Listeners<T> {
    /** One running capture; two of them are never the same one, whatever they hold. */
    private static final class Entry<T> {
        final T sink;
        final Runnable ended;

        Entry(T sink, Runnable ended) {
            this.sink = sink;
            this.ended = ended;
        }
    }

    private final Object lock = new Object();
    private List<Entry<T>> entries = List.of();
    private boolean over;

    /** No capture runs yet. */
    public Listeners() {}

    /**
     * Starts a capture.
     *
     * @param sink gets what is delivered
     * @param ended runs when the source ends, at once if it has ended already
     * @return ends the capture
     */
    public Capture add(T sink, Runnable ended) {
        Entry<T> entry = new Entry<>(sink, ended);
        synchronized (lock) {
            if (!over) {
                List<Entry<T>> more = new ArrayList<>(entries);
                more.add(entry);
                entries = List.copyOf(more);
                return () -> remove(entry);
            }
        }
        ended.run();
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
        List<Entry<T>> told;
        synchronized (lock) {
            over = true;
            told = entries;
            entries = List.of();
        }
        told.forEach(entry -> entry.ended.run());
    }
}
