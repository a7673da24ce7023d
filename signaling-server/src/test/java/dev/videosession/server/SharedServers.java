package dev.videosession.server;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisServer;
import dev.videosession.server.internal.redis.log.RedisMetrics;
import dev.videosession.server.internal.redis.log.RedisSessionLogs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Servers in this process that share a session through a running Redis. */
final class SharedServers implements AutoCloseable {
    final SessionId session = ServerFixture.newSession();
    private final RedisServer redis;
    private final int keptEvents;
    private final List<Runnable> closing = new ArrayList<>();

    /** Without servers. */
    SharedServers(RedisServer redis, int keptEvents) {
        this.redis = redis;
        this.keptEvents = keptEvents;
    }

    /** {@return one more server} */
    ServerFixture start() {
        try {
            RedisLink link = RedisLink.open(redis.uri());
            closing.add(0, link::close);
            RedisSessionLogs logs = new RedisSessionLogs(
                    link,
                    new NodeEpoch(),
                    false,
                    new MessageCodec(),
                    keptEvents,
                    TimeSource.system(),
                    new RedisMetrics(new SimpleMeterRegistry()));
            closing.add(0, logs::close);
            ServerFixture server = new ServerFixture(builder -> builder.logs(limits -> logs), session);
            closing.add(0, server::close);
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
