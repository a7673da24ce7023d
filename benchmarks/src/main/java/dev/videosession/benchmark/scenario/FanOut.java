package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Plot;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import java.util.List;

/** Deliveries a second in one session when senders always have messages to send. */
public final class FanOut implements Scenario {
    private static final List<Integer> SIZES = List.of(10, 100, 1000, 5000);
    private static final long FIRST_MILLIS = 3000;
    private static final long WARM_UP_MILLIS = 1500;
    private static final long MILLIS = 2500;
    private static final int JOINS = 100;

    @Override
    public String name() {
        return "fan-out";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        Table table = new Table(
                "Fan-out at saturation: deliveries a second",
                "server",
                "members",
                "deliveries/s",
                "per CPU second of the server",
                "the load generator could take",
                "CPU, server + load generator (of one core)",
                "clients lost");
        Plot plot = new Plot("Fan-out at saturation", "members of the session", "deliveries/s", true);
        Stage.each(peers, stage -> {
            for (int size : SIZES) {
                long warmUp = size == SIZES.get(0) ? FIRST_MILLIS : WARM_UP_MILLIS;
                Crowd crowd = stage.crowd(stage.session(size, false));
                crowd.join(JOINS);
                Saturation.Outcome outcome = Saturation.measure(stage, crowd, size, warmUp, MILLIS);
                double wall = outcome.cpu().wallNanos();
                table.row(
                        stage.peer().name(),
                        Texts.whole(size),
                        Texts.whole(outcome.perSecond()),
                        Texts.whole(outcome.perSecond() * wall / outcome.cpu().serverNanos()),
                        Texts.whole(outcome.perSecond() * wall / outcome.cpu().generatorNanos()),
                        Texts.cpu(outcome.cpu()),
                        crowd.lost());
                plot.point(stage.peer().name(), size, outcome.perSecond());
                stage.clear();
            }
        });
        report.add(table);
        report.add("rate", plot);
    }
}
