package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.load.LoadClient;
import dev.videosession.benchmark.load.LoadListener;
import dev.videosession.benchmark.load.Stamps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps a fixed number of broadcasts on their way, and counts the deliveries of a period. */
final class Saturation implements LoadListener {
    private static final int MOST_PENDING = 512;
    private static final int LEAST_PENDING = 16;
    private static final int PENDING_DELIVERIES = 500_000;
    private static final int SENDERS = 60;
    /** Neighbors are of one session: a prime number goes from session to session. */
    private static final int STRIDE = 7919;

    private final List<LoadClient> clients;
    private final int sessionSize;
    private final int senders;
    private final int refillAt;
    private long received;
    private int sent;
    private long counted;
    private boolean stopped;

    private Saturation(List<LoadClient> clients, int sessionSize, int senders) {
        this.clients = clients;
        this.sessionSize = sessionSize;
        this.senders = senders;
        int pending = Math.max(LEAST_PENDING, Math.min(MOST_PENDING, PENDING_DELIVERIES / sessionSize));
        this.refillAt = pending * sessionSize;
    }

    /** Deliveries a second, and what they cost. */
    record Outcome(double perSecond, CpuUse.Sample cpu) {}

    /**
     * Measures a crowd whose sessions are of the same size.
     *
     * @param stage has the server
     * @param crowd has joined
     * @param sessionSize members of each session
     * @param warmUpMillis what is not counted
     * @param millis what is counted
     */
    static Outcome measure(Stage stage, Crowd crowd, int sessionSize, long warmUpMillis, long millis) {
        int senders = crowd.clients().size() > sessionSize
                ? crowd.clients().size()
                : Math.min(SENDERS, crowd.clients().size());
        Saturation load = new Saturation(crowd.clients(), sessionSize, senders);
        return crowd.on(done -> {
            crowd.observe(load);
            load.refill();
            long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(warmUpMillis);
            stage.generator().at(begin, () -> {
                load.counted = load.received;
                CpuUse use = new CpuUse(stage);
                stage.generator().at(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), () -> {
                    CpuUse.Sample cpu = use.sample();
                    load.stopped = true;
                    double seconds = (double) cpu.wallNanos() / TimeUnit.SECONDS.toNanos(1);
                    done.complete(new Outcome((load.received - load.counted) / seconds, cpu));
                });
            });
        });
    }

    private void refill() {
        while (!stopped && (long) sent * sessionSize - received < refillAt) {
            clients.get((int) ((long) sent++ * STRIDE % senders)).send(Stamps.text(System.nanoTime()));
        }
    }

    @Override
    public void message(LoadClient client, ByteBuffer buffer, int end) {
        received++;
        if (received % sessionSize == 0) {
            refill();
        }
    }
}
