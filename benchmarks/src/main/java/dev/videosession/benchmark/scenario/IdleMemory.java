package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Plot;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import java.util.ArrayList;
import java.util.List;

/** What connections cost that do nothing but send heartbeats. */
public final class IdleMemory implements Scenario {
    private static final List<Integer> COUNTS = List.of(2500, 5000, 10_000);
    private static final int SESSION_SIZE = 10;
    private static final int WARM_UP = 500;
    private static final int AT_A_TIME = 64;
    private static final double KIB = 1024;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        Table table = new Table(
                "Memory of idle connections, in sessions of 10",
                "server",
                "connections",
                "resident MiB",
                "resident KiB each",
                "live objects KiB each");
        Plot plot = new Plot("Memory of idle connections", "connections", "resident MiB", false);
        Stage.each(peers, stage -> {
            stage.crowd(stage.sessions(WARM_UP / SESSION_SIZE, SESSION_SIZE)).join(AT_A_TIME);
            stage.clear();
            long resident = stage.process().residentBytes();
            List<Long> measured = new ArrayList<>();
            int connected = 0;
            plot.point(stage.peer().name(), 0, resident / KIB / KIB);
            for (int count : COUNTS) {
                stage.crowd(stage.sessions((count - connected) / SESSION_SIZE, SESSION_SIZE))
                        .join(AT_A_TIME);
                connected = count;
                stage.settle();
                measured.add(stage.process().residentBytes());
            }
            // a collection may return memory, so it comes last
            long heapAll = stage.process().heapBytes();
            stage.clear();
            long heapNone = stage.process().heapBytes();
            for (int i = 0; i < COUNTS.size(); i++) {
                int count = COUNTS.get(i);
                boolean all = i == COUNTS.size() - 1;
                table.row(
                        stage.peer().name(),
                        Texts.whole(count),
                        Texts.oneDecimal(measured.get(i) / KIB / KIB),
                        Texts.oneDecimal((measured.get(i) - resident) / KIB / count),
                        all ? Texts.oneDecimal((heapAll - heapNone) / KIB / count) : "");
                plot.point(stage.peer().name(), count, measured.get(i) / KIB / KIB);
            }
        });
        report.add(table);
        report.add("resident", plot);
    }
}
