package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Clients that connect, have their tokens checked and join a session of five, 64 at a time. */
public final class ConnectRate implements Scenario {
    private static final int SESSION_SIZE = 5;
    private static final int SESSIONS = 600;
    private static final int AT_A_TIME = 64;
    private static final int ROUNDS = 4;

    @Override
    public String name() {
        return "connects";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        int clients = SESSIONS * SESSION_SIZE;
        Table table = new Table(
                "Connects a second, with a token, 64 at a time, into sessions of 5",
                "server",
                "first " + Texts.whole(clients) + " of a new process",
                "after " + (ROUNDS - 1) + " rounds",
                "per CPU second of the server",
                "CPU, server + load generator (of one core)");
        Stage.each(Stage.withMembers(peers), stage -> {
            double first = 0;
            double last = 0;
            CpuUse.Sample cpu = new CpuUse(stage).sample();
            for (int round = 0; round < ROUNDS; round++) {
                Crowd crowd = stage.crowd(stage.sessions(SESSIONS, SESSION_SIZE));
                CpuUse use = new CpuUse(stage);
                long nanos = crowd.join(AT_A_TIME);
                cpu = use.sample();
                last = (double) clients * TimeUnit.SECONDS.toNanos(1) / nanos;
                first = round == 0 ? last : first;
                stage.clear();
            }
            table.row(
                    stage.peer().name(),
                    Texts.whole(first),
                    Texts.whole(last),
                    Texts.whole((double) clients * TimeUnit.SECONDS.toNanos(1) / cpu.serverNanos()),
                    Texts.cpu(cpu));
        });
        report.add(table);
    }
}
