package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Report;
import java.util.List;

/** One benchmark. */
public interface Scenario {
    /** {@return the name in the command line} */
    String name();

    /**
     * Measures every server.
     *
     * @param peers the servers
     * @param report gets the figures
     */
    void run(List<Peer> peers, Report report);
}
