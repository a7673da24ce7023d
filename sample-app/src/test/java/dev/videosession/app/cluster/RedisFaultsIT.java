package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three nodes lose their Redis, one of them or all, with and without what it held. */
@Tag("faults")
class RedisFaultsIT {
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final int NODES = 3;

    /** For so long Sentinel lets a replica follow another address than that of the master, here the path that is cut. */
    private static final int UNTIL_REPLICA_IS_REDIRECTED_MILLIS = 180_000;

    @TempDir
    private Path directory;

    private final CheckedCrowd crowd = new CheckedCrowd();
    private NodeProcesses nodes;

    @AfterEach
    void stop() {
        crowd.close();
        if (nodes != null) {
            nodes.close();
        }
    }

    private void report(String fault) {
        System.out.printf(
                "event=clusterFault fault=%s clients=%s absences=%s absence99Millis=%s startedOver=%s%n",
                fault, crowd.all().size(), crowd.absences().size(), crowd.absence99(), crowd.startedOver());
    }

    /** What the node sent meanwhile reaches Redis late, and is refused. */
    @ParameterizedTest
    @ValueSource(ints = {10, 60})
    void partitionedNodeLosesNoClientAndNoEvent(int seconds) throws Exception {
        nodes = NodeProcesses.withPaths(directory, NODES);
        crowd.join(nodes.uris(), 30, 10);
        nodes.path(1).cut(true);
        crowd.signalFor(Duration.ofSeconds(seconds));
        nodes.path(1).cut(false);
        crowd.signalUntilOnline(BACK);
        Awaitility.await("the node is ready again").atMost(BACK).until(() -> nodes.health(1) == 200);
        crowd.check();
        report("partition-" + seconds);
    }

    /** Clients that are connecting while Redis is killed are asked to try again. */
    @Test
    void clientsThatJoinWhileRedisRestartsAreAdmitted() throws Exception {
        nodes = new NodeProcesses(directory, NODES);
        crowd.join(nodes.uris(), 1, 10); // the nodes have loaded what they need
        CompletableFuture<Void> joining = CompletableFuture.runAsync(() -> crowd.join(nodes.uris(), 60, 10));
        Awaitility.await("some are connected, and some are not")
                .atMost(BACK)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> nodes.metric(0, "videosession_connections") > 20);
        assertThat(joining).isNotDone();
        nodes.redis().kill();
        nodes.redis().start();
        joining.get(BACK.toSeconds(), TimeUnit.SECONDS);
        crowd.signalUntilOnline(BACK);
        crowd.checkSameSession();
        report("redis-killed-in-join-storm");
    }

    @Test
    void emptyRedisMakesClientsStartOver() throws Exception {
        nodes = new NodeProcesses(directory, NODES);
        crowd.join(nodes.uris(), 30, 10);
        crowd.signal();
        nodes.redis().kill();
        nodes.redis().empty();
        nodes.redis().start();
        crowd.awaitStartedOver(BACK);
        crowd.checkSameSession();
        report("redis-empty");
    }

    /** Redis refuses every write, the renewal of leases included, for longer than every deadline. */
    @Test
    void redisWithoutMemoryCostsNoClientItsConnection() throws Exception {
        nodes = new NodeProcesses(directory, NODES);
        crowd.join(nodes.uris(), 30, 10);
        assertThat(nodes.redis().answer("CONFIG SET maxmemory 1mb")).startsWith("+OK");
        crowd.signalFor(Duration.ofSeconds(30));
        assertThat(nodes.health(0)).isEqualTo(503);
        assertThat(nodes.redis().answer("CONFIG SET maxmemory 0")).startsWith("+OK");
        crowd.signalUntilOnline(BACK);
        crowd.check();
        report("redis-without-memory");
        assertThat(crowd.absences())
                .as("no node was better off than the others")
                .isEmpty();
        for (int node = 0; node < NODES; node++) {
            List<String> log = Files.readAllLines(directory.resolve("node" + node + ".log"));
            assertThat(log).as("stacks").noneMatch(line -> line.startsWith("\tat ") || line.startsWith("    "));
            List<String> failures = log.stream()
                    .filter(line -> line.contains("event=logFailed"))
                    .toList();
            assertThat(failures).hasSizeBetween(1, 30).allMatch(line -> line.contains(" WARN "));
            assertThat(log)
                    .filteredOn(line -> line.contains("event=logRecovered"))
                    .hasSameSizeAs(failures);
        }
    }

    /** The replica has not received the last second when its master dies. */
    @Test
    void failoverThatLostTheLastSecondNeitherHangsNorDiverges() throws Exception {
        try (RedisProcess master = RedisProcess.withLog("master", directory);
                CutPath replication = new CutPath(master.port());
                RedisProcess replica = new RedisProcess(
                        "replica",
                        directory,
                        List.of(
                                "--appendonly",
                                "yes",
                                "--replicaof",
                                "127.0.0.1",
                                Integer.toString(replication.port())))) {
            try (RedisProcess sentinel = sentinel(master.port())) {
                Awaitility.await("the replica follows")
                        .atMost(BACK)
                        .until(() -> replica.answer("INFO replication").contains("master_link_status:up"));
                Awaitility.await("the sentinel knows it")
                        .atMost(BACK)
                        .until(() -> sentinel.answer("INFO sentinel").contains("slaves=1"));
                nodes = NodeProcesses.at(
                        directory, NODES, "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#videosession");
                crowd.join(nodes.uris(), 30, 10);
                crowd.signal();
                crowd.awaitAnswers();
                replication.cut(true);
                crowd.signalFor(Duration.ofSeconds(1));
                Awaitility.await("the replica lacks entries of each session")
                        .atMost(BACK)
                        .until(() -> crowd.sessions().stream()
                                .map(session -> session.get(0).session())
                                .allMatch(session -> master.entries(session) > replica.entries(session)));
                master.kill();
                replication.close();
                Awaitility.await("the replica is master")
                        .atMost(BACK)
                        .until(() -> replica.answer("INFO replication").contains("role:master"));
                Awaitility.await("each client has resumed, because it has received what is lost")
                        .atMost(BACK)
                        .until(() -> crowd.all().stream()
                                .allMatch(client -> client.isOnline()
                                        && !client.history().absencesMillis().isEmpty()));
                crowd.signalUntilOnline(BACK);
                crowd.checkSameSession();
                report("failover");
                assertThat(crowd.startedOver())
                        .as("all connections were in the replica")
                        .isZero();
            }
        }
    }

    private RedisProcess sentinel(int master) throws IOException {
        Path file = directory.resolve("sentinel.conf");
        Files.writeString(
                file,
                "sentinel monitor videosession 127.0.0.1 " + master + " 1\n"
                        + "sentinel down-after-milliseconds videosession 1000\n"
                        + "sentinel failover-timeout videosession " + UNTIL_REPLICA_IS_REDIRECTED_MILLIS + "\n");
        return new RedisProcess("sentinel", directory, List.of(file.toString(), "--sentinel"));
    }
}
