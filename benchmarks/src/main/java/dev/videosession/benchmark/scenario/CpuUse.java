package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.load.LoadGenerator;
import dev.videosession.benchmark.peer.PeerProcess;

/** CPU time that server and load generator have used since a start. */
final class CpuUse {
    private final PeerProcess process;
    private final LoadGenerator generator;
    private final long serverStart;
    private final long generatorStart;
    private final long start = System.nanoTime();

    CpuUse(Stage stage) {
        this.process = stage.process();
        this.generator = stage.generator();
        this.serverStart = process.cpuNanos();
        this.generatorStart = generator.cpuNanos();
    }

    /** What was used up to now. */
    Sample sample() {
        return new Sample(
                System.nanoTime() - start, process.cpuNanos() - serverStart, generator.cpuNanos() - generatorStart);
    }

    /**
     * CPU time.
     *
     * @param wallNanos elapsed time
     * @param serverNanos of the server's process
     * @param generatorNanos of the load generator's thread
     */
    record Sample(long wallNanos, long serverNanos, long generatorNanos) {
        /** The server in percent of one core. */
        long serverPercent() {
            return 100 * serverNanos / wallNanos;
        }

        /** The load generator in percent of one core. */
        long generatorPercent() {
            return 100 * generatorNanos / wallNanos;
        }
    }
}
