package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes deliver and what connections cost. Clients use the same machine. */
@Tag("faults")
class ClusterFanOutIT {
    /** The compiler has done its work afterwards. */
    private static final int WARM_UP_ROUNDS = 12;

    private static final int ROUNDS = 8;
    private static final int DELIVERIES = 400_000;

    /** As {@code ./run server} starts a server on two cores; processes of tests have only the first compiler. */
    private static final String[] AS_IN_PRODUCTION = {"-XX:TieredStopAtLevel=4", "-XX:+UseSerialGC"};

    private static final double LEAST_SHARE = 0.7;

    @TempDir
    private Path directory;

    /**
     * What servers delivered.
     *
     * @param perSecond deliveries a second
     * @param perCpuSecond deliveries for each second of the servers' processor time, which other load of the machine hardly changes
     */
    private record Throughput(long perSecond, long perCpuSecond) {}

    /** Servers with one session. What they deliver is measured in rounds, after others that warm them up. */
    private static final class Delivery implements AutoCloseable {
        private final NodeProcesses nodes;
        private final CheckedCrowd crowd = new CheckedCrowd();
        private final int clients;
        private final int signals;
        private int rounds;
        private long deliveries;
        private long nanos;
        private long cpuMillis;

        Delivery(NodeProcesses nodes, int clients) {
            this.nodes = nodes;
            this.clients = clients;
            this.signals = Math.max(1, DELIVERIES / clients / clients);
            crowd.join(nodes.uris(), 1, clients);
        }

        void run() {
            long began = System.nanoTime();
            Duration cpuBefore = nodes.cpuTime();
            crowd.exchange(signals, Duration.ofSeconds(60));
            if (rounds >= WARM_UP_ROUNDS) {
                deliveries += (long) clients * clients * signals;
                nanos += System.nanoTime() - began;
                cpuMillis += nodes.cpuTime().minus(cpuBefore).toMillis();
            }
            rounds++;
        }

        Throughput throughput() {
            return new Throughput(
                    deliveries * TimeUnit.SECONDS.toNanos(1) / nanos, deliveries * 1000 / Math.max(1, cpuMillis));
        }

        @Override
        public void close() {
            crowd.close();
            nodes.close();
        }
    }

    private static double kilobytes(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Double.parseDouble(found.group(1));
    }

    /** The objects that a process keeps. */
    private static double heapKilobytes(Child server) throws IOException, InterruptedException {
        for (String command : List.of("GC.run", "GC.heap_info")) {
            Process process =
                    new ProcessBuilder(JavaPrograms.tool("jcmd", Long.toString(server.pid()), command)).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            process.waitFor();
            if (command.equals("GC.heap_info")) {
                return output.lines()
                        .filter(line -> line.contains("garbage-first heap") || line.contains("generation"))
                        .mapToDouble(line -> kilobytes(line, "used (\\d+)K"))
                        .sum();
            }
        }
        throw new AssertionError("no answer");
    }

    private static double redisKilobytes(RedisProcess redis) {
        return kilobytes(redis.answer("INFO memory"), "used_memory:(\\d+)") / 1024;
    }

    @Test
    void memoryOfConnectionsInSmallSessions() throws Exception {
        int sessions = 200;
        int clients = 10;
        try (NodeProcesses nodes = new NodeProcesses(directory, 1);
                CheckedCrowd crowd = new CheckedCrowd()) {
            crowd.join(nodes.uris(), 1, clients); // what the first clients cost once
            double heap = heapKilobytes(nodes.node(0));
            double redis = redisKilobytes(nodes.redis());
            crowd.join(nodes.uris(), sessions, clients);
            System.out.printf(
                    "event=clusterMemory connections=%s heapKilobytesEach=%.1f redisKilobytesEach=%.1f%n",
                    sessions * clients,
                    (heapKilobytes(nodes.node(0)) - heap) / (sessions * clients),
                    (redisKilobytes(nodes.redis()) - redis) / (sessions * clients));
        }
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    /** Both are measured in turns, so that what else the machine does slows both down. */
    @ParameterizedTest
    @CsvSource({"100, 0.35", "300, 0.45"}) // what the log in Redis costs a server must not grow
    void nodeWithRedisDeliversNearlyAsMuchAsASingleProcess(int clients, double leastCpuShare) throws Exception {
        try (Delivery single = new Delivery(NodeProcesses.single(directory("single"), AS_IN_PRODUCTION), clients);
                Delivery one = new Delivery(new NodeProcesses(directory("one"), 1, AS_IN_PRODUCTION), clients)) {
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                single.run();
                one.run();
            }
            Throughput withoutRedis = single.throughput();
            Throughput withRedis = one.throughput();
            double share = (double) withRedis.perSecond() / withoutRedis.perSecond();
            double cpuShare = (double) withRedis.perCpuSecond() / withoutRedis.perCpuSecond();
            System.out.printf(
                    "event=clusterFanOut clients=%s single=%s one=%s share=%.2f cpuShare=%.2f%n",
                    clients, withoutRedis, withRedis, share, cpuShare);
            assertThat(share).isGreaterThan(LEAST_SHARE);
            assertThat(cpuShare).isGreaterThan(leastCpuShare);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void severalNodesDeliver(int nodes) throws Exception {
        try (Delivery several = new Delivery(new NodeProcesses(directory("nodes"), nodes, AS_IN_PRODUCTION), 100)) {
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                several.run();
            }
            System.out.printf("event=clusterFanOut nodes=%s clients=100 %s%n", nodes, several.throughput());
        }
    }
}
