package dev.videosession.server.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisServer;
import dev.videosession.server.internal.redis.log.RedisMetrics;
import dev.videosession.server.internal.redis.log.RedisSessionLogs;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.ClusterSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A node that starts serves clients of its own, and nothing is left of them. */
@Timeout(60)
class WarmUpTest {
    private static final int CLIENTS = 5;
    private static final Pattern COUNTED = Pattern.compile(
            "videosession\\.(connections|sockets|sessions|resumes|takeovers|messages|bytes|disconnects).*");

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.videosession.server");
    private final List<ILoggingEvent> log = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event);
        }
    };
    private RedisServer redis;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;

    @BeforeEach
    void start() throws IOException {
        redis = RedisServer.start();
        client = RedisClient.create(redis.uri());
        connection = client.connect();
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        connection.close();
        client.shutdown();
        redis.close();
    }

    private SignalingServer node(int clients) throws IOException {
        return SignalingServer.builder()
                .project(new Project(1, List.of("0123456789abcdef0123456789abcdef")))
                .timings(new Timings(3000, 8000, 0))
                .cluster(new ClusterSettings(redis.url(), null, "node", null, clients))
                .start();
    }

    private List<ILoggingEvent> lines(String event) {
        return log.stream()
                .filter(line -> line.getFormattedMessage().startsWith("event=" + event + " "))
                .toList();
    }

    @Test
    void clientsResumeAtAnotherServerOfTheProcess() throws IOException {
        try (SignalingServer node = node(CLIENTS)) {
            assertThat(lines("takeOver")).hasSize(CLIENTS);
            assertThat(lines("resumed"))
                    .hasSize(CLIENTS)
                    .allMatch(line -> line.getThreadName().startsWith(WarmUp.THREADS));
            assertThat(lines("warmedUp"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage()).contains("clients=" + CLIENTS))
                    .satisfies(line -> assertThat(line.getThreadName()).doesNotStartWith(WarmUp.THREADS));
            assertThat(log).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
            assertThat(node.port()).isPositive();
        }
    }

    @Test
    void nothingIsLeftOfIt() throws IOException {
        try (SignalingServer node = node(CLIENTS)) {
            assertThat(node.meters().getMeters())
                    .filteredOn(
                            meter -> COUNTED.matcher(meter.getId().getName()).matches())
                    .hasSizeGreaterThan(5)
                    .allSatisfy(meter -> assertThat(
                                    StreamSupport.stream(meter.measure().spliterator(), false))
                            .as(meter.getId().toString())
                            .extracting(Measurement::getValue)
                            .allMatch(value -> value == 0));
            RedisCommands<String, String> commands = connection.sync();
            assertThat(commands.exists("vs:sessions")).isZero();
            assertThat(commands.keys("vs:node:*:sessions")).isEmpty();
            Awaitility.await("no server of this process has the logs open")
                    .untilAsserted(
                            () -> assertThat(commands.keys("vs:{*}:nodes")).isEmpty());
            assertThat(commands.keys("vs:{*}*"))
                    .isNotEmpty()
                    .allSatisfy(key ->
                            assertThat(commands.pttl(key)).as("life of %s", key).isPositive());
            Awaitility.await("its threads have ended")
                    .untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.startsWith(WarmUp.THREADS)));
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    @Test
    void otherNodesRemoveWhatAnUnfinishedOneLeaves() throws IOException {
        NodeEpoch epoch = new NodeEpoch();
        String connections;
        try (RedisLink link = RedisLink.open(redis.uri());
                RedisSessionLogs logs = new RedisSessionLogs(
                        link,
                        epoch,
                        false,
                        new MessageCodec(),
                        100,
                        TimeSource.system(),
                        new RedisMetrics(new SimpleMeterRegistry()))) {
            WarmUp warmUp = new WarmUp(TimeSource.system(), new OpenedOnce(logs));
            connections = "vs:{" + warmUp.run(CLIENTS).orElseThrow().value() + "}:connections";
            assertThat(lines("warmUpFailed"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN));
        }
        RedisCommands<String, String> commands = connection.sync();
        assertThat(commands.hlen(connections)).isEqualTo(CLIENTS);
        commands.zadd("vs:dead", (double) System.currentTimeMillis(), Long.toString(epoch.current()));
        try (SignalingServer node = node(0)) {
            assertThat(node.port()).isPositive();
            Awaitility.await("its connections have ended")
                    .untilAsserted(() -> assertThat(commands.exists(connections, "vs:sessions"))
                            .isZero());
        }
    }

    /** Logs each of which can be opened once. */
    private record OpenedOnce(SessionLogFactory logs, Set<SessionId> opened) implements SessionLogFactory {
        OpenedOnce(SessionLogFactory logs) {
            this(logs, ConcurrentHashMap.newKeySet());
        }

        @Override
        public long epoch() {
            return logs.epoch();
        }

        @Override
        public boolean isShared() {
            return logs.isShared();
        }

        @Override
        public SessionLog open(SessionId session, Executor loop, SessionLog.Listener listener) {
            if (!opened.add(session)) {
                throw new IllegalStateException("opened twice");
            }
            return logs.open(session, loop, listener);
        }
    }

    @Test
    void nodeStartsWithoutItIfToldSo() throws IOException {
        try (SignalingServer node = node(0)) {
            assertThat(node.port()).isPositive();
            assertThat(lines("resumed")).isEmpty();
            assertThat(lines("warmedUp")).isEmpty();
            assertThat(connection.sync().keys("vs:{*}*")).isEmpty();
        }
    }
}
