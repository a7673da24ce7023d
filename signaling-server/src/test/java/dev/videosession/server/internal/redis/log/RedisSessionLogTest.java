package dev.videosession.server.internal.redis.log;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.log.SessionLogContract;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The log in a running Redis. */
class RedisSessionLogTest extends SessionLogContract {
    private static final MessageCodec CODEC = new MessageCodec();
    private static RedisServer server;

    private final List<RedisLink> links = new ArrayList<>();
    private final List<RedisSessionLogs> opened = new ArrayList<>();

    @BeforeAll
    static void startRedis() throws IOException {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @AfterEach
    void disconnect() {
        opened.forEach(RedisSessionLogs::close);
        links.get(0).call(commands -> commands.flushall()).toCompletableFuture().join();
        links.forEach(RedisLink::close);
    }

    @Override
    protected SessionLogFactory newServer() {
        try {
            RedisLink link = RedisLink.open(server.uri());
            links.add(link);
            RedisSessionLogs logs = new RedisSessionLogs(
                    link,
                    new NodeEpoch(),
                    false,
                    CODEC,
                    1000,
                    TimeSource.system(),
                    new RedisMetrics(new SimpleMeterRegistry()));
            opened.add(logs);
            return logs;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
