package dev.videosession.benchmark.media;

import dev.videosession.benchmark.report.Table;
import java.util.List;
import java.util.Optional;

/** CPU of each participant of sessions of several sizes. */
public final class Participants {
    private static final long SETTLE_MILLIS = 3000;
    private static final long MILLIS = 5000;
    private static final List<Integer> SIZES = List.of(2, 3, 4);

    private Participants() {}

    /**
     * Measures relayed sessions, and routed ones if Janus is installed.
     *
     * @param relayed for relayed sessions
     * @return one row for each size
     * @throws Exception if the participants do not connect
     */
    public static Table run(MediaServer relayed) throws Exception {
        Table table = new Table(
                "CPU of each participant of a session who publishes 640x360 at 30 frames/s and receives every other one, of one core",
                "participants",
                "relayed",
                "routed, with the share of the router");
        Optional<MediaServer> routed = MediaServer.routed();
        try {
            for (int size : SIZES) {
                double direct = each(relayed, true, size);
                String through =
                        routed.isEmpty() ? "Janus is not installed" : Figures.percent(each(routed.get(), false, size));
                table.row(size, Figures.percent(direct), through);
            }
        } finally {
            routed.ifPresent(MediaServer::close);
        }
        return table;
    }

    private static double each(MediaServer server, boolean relayed, int size) throws InterruptedException {
        try (Mesh mesh = new Mesh(server, relayed, size)) {
            ProcessUse.rest(SETTLE_MILLIS);
            return ProcessUse.percentOfACore(MILLIS) / size;
        }
    }
}
