package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.dialect.FrameKind;
import dev.videosession.benchmark.load.LoadClient;
import dev.videosession.benchmark.load.LoadListener;
import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A moderator removes members of a session of 1,000, in which others send messages. */
public final class KickUnderLoad implements Scenario {
    private static final int MEMBERS = 1000;
    private static final int DELIVERIES_PER_SECOND = 50_000;
    private static final int KICKS = 100;
    private static final int WARM_UP_KICKS = 20;
    private static final int DIGITS = 3;
    private static final int NANOS_PER_MICRO = 1000;
    private static final double MICROS_PER_MILLI = 1000;
    private static final int JOINS = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);

    @Override
    public String name() {
        return "kick";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        Table table = new Table(
                "Kick in a session of 1,000 with 50,000 deliveries a second: ms after the moderator's request",
                "server",
                "victim p50",
                "victim p99",
                "last bystander p50",
                "last bystander p99",
                "last bystander max",
                "CPU, server + load generator (of one core)");
        Stage.each(Stage.withMembers(peers), stage -> {
            Crowd crowd = stage.crowd(stage.session(MEMBERS, true));
            crowd.join(JOINS);
            stage.settle();
            Kicks kicks = new Kicks(stage, crowd.clients());
            CpuUse use = new CpuUse(stage);
            crowd.<Boolean>on(done -> {
                crowd.observe(kicks);
                kicks.start(done);
            });
            table.row(
                    stage.peer().name(),
                    millis(kicks.victims, 50),
                    millis(kicks.victims, 99),
                    millis(kicks.bystanders, 50),
                    millis(kicks.bystanders, 99),
                    millis(kicks.bystanders, 100),
                    Texts.cpu(use.sample()));
        });
        report.add(table);
    }

    private static String millis(Histogram micros, double percentile) {
        return Texts.oneDecimal(micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
    }

    private static final class Kicks implements LoadListener {
        private final Histogram victims = new Histogram(DIGITS);
        private final Histogram bystanders = new Histogram(DIGITS);
        private final Stage stage;
        private final List<LoadClient> clients;
        private final OpenLoad load;
        private @Nullable LoadClient victim;
        private @Nullable CompletableFuture<Boolean> done;
        private boolean removed;
        private long sentAt;
        private int kicks;
        private int notices;
        private int remaining = MEMBERS;

        Kicks(Stage stage, List<LoadClient> clients) {
            this.stage = stage;
            this.clients = clients;
            // the members that are removed come last
            List<LoadClient> senders = clients.subList(0, MEMBERS / 2);
            this.load = new OpenLoad(stage.generator(), senders, (double) DELIVERIES_PER_SECOND / MEMBERS);
        }

        void start(CompletableFuture<Boolean> whenDone) {
            done = whenDone;
            load.start();
            stage.generator().at(System.nanoTime() + WARM_UP_NANOS, this::kick);
        }

        private void kick() {
            if (kicks == WARM_UP_KICKS + KICKS) {
                load.stop();
                if (done != null) {
                    done.complete(true);
                }
                return;
            }
            LoadClient next = clients.get(clients.size() - 1 - kicks);
            kicks++;
            victim = next;
            removed = false;
            notices = 0;
            sentAt = System.nanoTime();
            clients.get(0).remove(next);
        }

        private void record(Histogram micros) {
            if (kicks > WARM_UP_KICKS) {
                micros.recordValue((System.nanoTime() - sentAt) / NANOS_PER_MICRO);
            }
        }

        @Override
        public void message(LoadClient client, ByteBuffer buffer, int end) {
            load.message(client, buffer, end);
        }

        @Override
        public void received(LoadClient client, FrameKind kind) {
            if (kind == FrameKind.MEMBER_LEFT && client != victim) {
                notices++;
                if (notices == remaining - 1) {
                    record(bystanders);
                }
                next();
            } else if (kind == FrameKind.REMOVED) {
                removed(client);
            }
        }

        @Override
        public void closed(LoadClient client, String cause) {
            removed(client);
        }

        private void removed(LoadClient client) {
            if (client == victim && !removed) {
                removed = true;
                record(victims);
                next();
            }
        }

        private void next() {
            if (removed && notices == remaining - 1) {
                remaining--;
                stage.generator().at(Math.max(System.nanoTime(), sentAt + PAUSE_NANOS), this::kick);
            }
        }
    }
}
