package dev.videosession.server.internal.redis.log;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.log.SessionLogContract;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.simulated.SimulatedLink;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import dev.videosession.server.internal.redis.simulated.ThreadedLink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The log in the simulated Redis of the model test, which must do what a running Redis does. */
class SimulatedSessionLogTest extends SessionLogContract {
    private static final ScheduledExecutorService SIMULATION = Executors.newSingleThreadScheduledExecutor();
    private final SimulatedRedis redis = new SimulatedRedis(System::currentTimeMillis);
    private final List<RedisSessionLogs> opened = new ArrayList<>();

    @AfterEach
    void disconnect() {
        opened.forEach(RedisSessionLogs::close);
    }

    @AfterAll
    static void stop() {
        SIMULATION.shutdownNow();
    }

    @Override
    protected SessionLogFactory newServer() {
        SimulatedLink.Timer timer = (task, millis) -> {
            var unused = SIMULATION.schedule(task, millis, TimeUnit.MILLISECONDS);
        };
        SimulatedLink link = new SimulatedLink(redis, new Random(1), timer, timer);
        RedisSessionLogs logs = new RedisSessionLogs(
                new ThreadedLink(link, SIMULATION),
                new NodeEpoch(),
                false,
                new MessageCodec(),
                1000,
                TimeSource.system(),
                new RedisMetrics(new SimpleMeterRegistry()));
        opened.add(logs);
        return logs;
    }
}
