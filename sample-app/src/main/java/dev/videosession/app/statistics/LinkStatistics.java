package dev.videosession.app.statistics;

import dev.videosession.media.stats.LinkStats;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** Reads the statistics of links once a second and keeps their last minute. For the Swing thread. */
public final class LinkStatistics implements AutoCloseable {
    private static final int PERIOD_MILLIS = 1000;

    private final Supplier<List<MeasuredLink>> current;
    private final Map<String, LinkHistory> histories = new HashMap<>();
    private final CompositeDisposable readings = new CompositeDisposable();
    private final Timer timer = new Timer(PERIOD_MILLIS, event -> read());
    private List<MeasuredLink> links = List.of();
    private Runnable onChange = () -> {};

    /**
     * A link.
     *
     * @param id of the link
     * @param name what to call it
     * @param stats reads its statistics
     */
    public record MeasuredLink(String id, String name, Supplier<Single<LinkStats>> stats) {}

    /**
     * Reads nothing yet.
     *
     * @param current the links that there are now; asked once a second
     */
    public LinkStatistics(Supplier<List<MeasuredLink>> current) {
        this.current = current;
    }

    /** Starts to read. */
    void start(Runnable newListener) {
        onChange = newListener;
        timer.setInitialDelay(0);
        timer.start();
    }

    private void read() {
        links = current.get();
        histories
                .keySet()
                .removeIf(id -> links.stream().noneMatch(link -> link.id().equals(id)));
        for (MeasuredLink link : links) {
            readings.add(link.stats()
                    .get()
                    .subscribe(
                            stats -> SwingUtilities.invokeLater(() -> add(link, stats)),
                            failure -> {})); // there is no link yet, or no longer
        }
        onChange.run();
    }

    private void add(MeasuredLink link, LinkStats stats) {
        histories.computeIfAbsent(link.id(), id -> new LinkHistory()).add(stats, System.nanoTime());
    }

    List<MeasuredLink> links() {
        return links;
    }

    /** {@return the history of a link, empty if it is unknown} */
    LinkHistory history(String id) {
        return histories.getOrDefault(id, new LinkHistory());
    }

    @Override
    public void close() {
        timer.stop();
        readings.dispose();
    }
}
