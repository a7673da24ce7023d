package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes deliver and what connections cost. Clients use the same machine. */
@Tag("faults")
class ClusterFanOutIT {
    private static final int ROUNDS = 10;
    private static final int DELIVERIES = 400_000;
    private static final double LEAST_SHARE = 0.7;

    /** What the log in Redis costs must not grow. */
    private static final double LEAST_SHARE_OF_CPU = 0.6;

    @TempDir
    private Path directory;

    /**
     * What servers delivered in the second half of several rounds: the first half warms them up.
     *
     * @param perSecond deliveries a second
     * @param perCpuSecond deliveries for each second of the servers' processor time, which other load of the machine hardly changes
     */
    private record Throughput(long perSecond, long perCpuSecond) {}

    private Throughput measure(NodeProcesses nodes, int clients) {
        long deliveries = 0;
        long nanos = 0;
        long cpuMillis = 0;
        try (nodes;
                CheckedCrowd crowd = new CheckedCrowd()) {
            crowd.join(nodes.uris(), 1, clients);
            int signals = Math.max(1, DELIVERIES / clients / clients);
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                Duration cpuBefore = nodes.cpuTime();
                crowd.exchange(signals, Duration.ofSeconds(60));
                if (round >= ROUNDS / 2) {
                    deliveries += (long) clients * clients * signals;
                    nanos += System.nanoTime() - began;
                    cpuMillis += nodes.cpuTime().minus(cpuBefore).toMillis();
                }
            }
        }
        return new Throughput(
                deliveries * TimeUnit.SECONDS.toNanos(1) / nanos, deliveries * 1000 / Math.max(1, cpuMillis));
    }

    private static double kilobytes(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Double.parseDouble(found.group(1));
    }

    /** The objects that a process keeps. */
    private static double heapKilobytes(Child server) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (String command : List.of("GC.run", "GC.heap_info")) {
            Process process = new ProcessBuilder(jcmd, Long.toString(server.pid()), command).start();
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

    @ParameterizedTest
    @ValueSource(ints = {100, 300})
    void nodeWithRedisDeliversNearlyAsMuchAsASingleProcess(int clients) throws Exception {
        Throughput single = measure(NodeProcesses.single(directory("single")), clients);
        Throughput one = measure(new NodeProcesses(directory("one"), 1), clients);
        System.out.printf(
                "event=clusterFanOut clients=%s single=%s one=%s share=%.2f shareOfCpu=%.2f%n",
                clients,
                single,
                one,
                (double) one.perSecond() / single.perSecond(),
                (double) one.perCpuSecond() / single.perCpuSecond());
        assertThat(one.perSecond()).isGreaterThan((long) (LEAST_SHARE * single.perSecond()));
        assertThat(one.perCpuSecond()).isGreaterThan((long) (LEAST_SHARE_OF_CPU * single.perCpuSecond()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void severalNodesDeliver(int nodes) throws Exception {
        System.out.printf(
                "event=clusterFanOut nodes=%s clients=100 %s%n",
                nodes, measure(new NodeProcesses(directory("nodes"), nodes), 100));
    }
}
