package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Plot;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import java.util.List;

/** The time from when a message is due to its arrival at each member, at loads that all servers get. */
public final class Latency implements Scenario {
    private static final int MEMBERS = 1000;
    private static final List<Integer> LOADS = List.of(10_000, 25_000, 50_000, 100_000, 200_000, 400_000);
    private static final int TOO_LATE_MILLIS = 500;
    private static final int WARM_UP_LOAD = 50_000;
    private static final long FIRST_MILLIS = 4000;
    private static final long WARM_UP_MILLIS = 500;
    private static final long MILLIS = 3000;
    private static final long DRAIN_MILLIS = 1000;
    private static final int JOINS = 100;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        Table table = new Table(
                "Latency of deliveries in a session of 1,000 at the same load",
                "server",
                "deliveries/s",
                "p50 ms",
                "p99 ms",
                "sent late by, p99 ms",
                "CPU, server + load generator (of one core)");
        Plot plot = new Plot("Latency in a session of 1,000", "deliveries/s", "p99 in ms", true);
        Stage.each(peers, stage -> {
            Crowd crowd = stage.crowd(stage.session(MEMBERS, false));
            crowd.join(JOINS);
            OpenLoad.measure(stage, crowd, (double) WARM_UP_LOAD / MEMBERS, 0, FIRST_MILLIS, DRAIN_MILLIS);
            for (int load : LOADS) {
                OpenLoad.Outcome outcome =
                        OpenLoad.measure(stage, crowd, (double) load / MEMBERS, WARM_UP_MILLIS, MILLIS, DRAIN_MILLIS);
                table.row(
                        stage.peer().name(),
                        Texts.whole(load),
                        Texts.oneDecimal(outcome.p50Millis()),
                        Texts.oneDecimal(outcome.p99Millis()),
                        Texts.oneDecimal(outcome.lateP99Millis()),
                        Texts.cpu(outcome.cpu()));
                plot.point(stage.peer().name(), load, outcome.p99Millis());
                if (outcome.p99Millis() > TOO_LATE_MILLIS) {
                    break; // it does not keep up, and more load would only make its queues longer
                }
            }
        });
        report.add(table);
        report.add("p99", plot);
    }
}
