package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.dialect.FrameKind;
import dev.videosession.benchmark.load.LoadClient;
import dev.videosession.benchmark.load.LoadListener;
import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Clients that join one session at once, until each knows of every later one. */
public final class JoinStorm implements Scenario {
    private static final int MEMBERS = 1000;
    private static final int ROUNDS = 3;
    private static final long EXPECTED = (long) MEMBERS * (MEMBERS - 1) / 2;
    private static final long LIMIT_SECONDS = 40;

    @Override
    public String name() {
        return "join-storm";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        Table table = new Table(
                "1,000 clients join one session at once: until all have joined, and until all events have arrived",
                "server",
                "joined, new process, ms",
                "events, new process, ms",
                "joined, " + ROUNDS + "rd time, ms",
                "events, " + ROUNDS + "rd time, ms",
                "CPU seconds of the server, " + ROUNDS + "rd time");
        Stage.each(Stage.withMembers(peers), stage -> {
            long[] first = storm(stage);
            long[] last = first;
            double cpu = 0;
            for (int round = 1; round < ROUNDS; round++) {
                stage.clear();
                CpuUse use = new CpuUse(stage);
                last = storm(stage);
                cpu = (double) use.sample().serverNanos() / TimeUnit.SECONDS.toNanos(1);
            }
            table.row(
                    stage.peer().name(),
                    millis(first[0]),
                    millis(first[1]),
                    millis(last[0]),
                    millis(last[1]),
                    Texts.oneDecimal(cpu));
        });
        report.add(table);
    }

    private static String millis(long nanos) {
        return Texts.whole((double) TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private static long[] storm(Stage stage) {
        Crowd crowd = stage.crowd(stage.session(MEMBERS, true));
        Events events = new Events();
        crowd.observe(events);
        long start = System.nanoTime();
        long joined = crowd.join(MEMBERS);
        events.complete.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        return new long[] {joined, System.nanoTime() - start};
    }

    private static final class Events implements LoadListener {
        private final CompletableFuture<Void> complete = new CompletableFuture<>();
        private long count;

        @Override
        public void received(LoadClient client, FrameKind kind) {
            if (kind == FrameKind.MEMBER_JOINED) {
                count++;
                if (count == EXPECTED) {
                    complete.complete(null);
                }
            }
        }
    }
}
