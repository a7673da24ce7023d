package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import java.util.List;

/** A thousand sessions of five: deliveries a second at saturation, and latency at the same load. */
public final class SmallSessions implements Scenario {
    private static final int SESSIONS = 1000;
    private static final int SIZE = 5;
    private static final int DELIVERIES_PER_SECOND = 20_000;
    private static final long WARM_UP_MILLIS = 3000;
    private static final long MILLIS = 4000;
    private static final long DRAIN_MILLIS = 1000;
    private static final int JOINS = 100;

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        Table table = new Table(
                "1,000 sessions of 5 clients, all of which send",
                "server",
                "deliveries/s at saturation",
                "CPU, server + load generator (of one core)",
                "p50 ms at 20,000 deliveries/s",
                "p99 ms",
                "sent late by, p99 ms",
                "CPU at that load");
        Stage.each(peers, stage -> {
            Crowd crowd = stage.crowd(stage.sessions(SESSIONS, SIZE));
            crowd.join(JOINS);
            stage.settle();
            Saturation.Outcome most = Saturation.measure(stage, crowd, SIZE, WARM_UP_MILLIS, MILLIS);
            stage.settle();
            OpenLoad.Outcome equal = OpenLoad.measure(
                    stage, crowd, (double) DELIVERIES_PER_SECOND / SIZE, WARM_UP_MILLIS, MILLIS, DRAIN_MILLIS);
            table.row(
                    stage.peer().name(),
                    Texts.whole(most.perSecond()),
                    Texts.cpu(most.cpu()),
                    Texts.oneDecimal(equal.p50Millis()),
                    Texts.oneDecimal(equal.p99Millis()),
                    Texts.oneDecimal(equal.lateP99Millis()),
                    Texts.cpu(equal.cpu()));
        });
        report.add(table);
    }
}
