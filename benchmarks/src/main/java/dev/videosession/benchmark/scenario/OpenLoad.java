package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.load.LoadClient;
import dev.videosession.benchmark.load.LoadGenerator;
import dev.videosession.benchmark.load.LoadListener;
import dev.videosession.benchmark.load.Stamps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Messages at random times (Poisson), whether or not the server keeps up; measures the time from when a message is due until each member
 * has
 * it. A load generator that sends late therefore adds to the latency; how late it sends is measured, too.
 */
final class OpenLoad implements LoadListener {
    private static final long SEED = 17;
    private static final int DIGITS = 3;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final int NANOS_PER_MICRO = 1000;

    private final LoadGenerator generator;
    private final List<LoadClient> senders;
    private final double nanosBetween;
    private final Random random = new Random(SEED);
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram lateMicros = new Histogram(LONGEST_MICROS, DIGITS);
    private long nextSend;
    private long countedFrom = Long.MAX_VALUE;
    private long countedUntil = Long.MAX_VALUE;
    private long sent;
    private boolean stopped;

    OpenLoad(LoadGenerator generator, List<LoadClient> senders, double messagesPerSecond) {
        this.generator = generator;
        this.senders = senders;
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / messagesPerSecond;
    }

    /** The latency of deliveries, how late messages were sent, and what they cost. */
    record Outcome(long deliveries, double p50Millis, double p99Millis, double lateP99Millis, CpuUse.Sample cpu) {}

    static Outcome measure(
            Stage stage, Crowd crowd, double messagesPerSecond, long warmUpMillis, long millis, long drainMillis) {
        OpenLoad load = new OpenLoad(stage.generator(), crowd.clients(), messagesPerSecond);
        return crowd.on(done -> {
            crowd.observe(load);
            load.start();
            long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(warmUpMillis);
            long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
            load.count(begin, end);
            stage.generator().at(begin, () -> {
                CpuUse use = new CpuUse(stage);
                stage.generator().at(end, () -> {
                    CpuUse.Sample cpu = use.sample();
                    load.stop();
                    long drained = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis);
                    stage.generator().at(drained, () -> done.complete(load.outcome(cpu)));
                });
            });
        });
    }

    void start() {
        nextSend = System.nanoTime();
        send();
    }

    void stop() {
        stopped = true;
    }

    private Outcome outcome(CpuUse.Sample cpu) {
        return new Outcome(micros.getTotalCount(), millis(micros, 50), millis(micros, 99), millis(lateMicros, 99), cpu);
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    /** Counts what is due in a period. */
    void count(long from, long until) {
        countedFrom = from;
        countedUntil = until;
    }

    private void send() {
        if (stopped) {
            return;
        }
        LoadClient sender = senders.get((int) (sent++ % senders.size()));
        if (sender.isJoined()) {
            record(lateMicros, nextSend);
            sender.send(Stamps.text(nextSend));
        }
        nextSend += (long) (-Math.log(1 - random.nextDouble()) * nanosBetween);
        generator.at(nextSend, this::send);
    }

    @Override
    public void message(LoadClient client, ByteBuffer buffer, int end) {
        record(micros, Stamps.read(buffer, end));
    }

    private void record(Histogram histogram, long due) {
        if (due >= countedFrom && due < countedUntil) {
            histogram.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / NANOS_PER_MICRO));
        }
    }
}
