package dev.videosession.app.cluster;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.settings.ClusterSettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A node as a program, whose wall clock is ahead of that of the machine, or behind it. */
public final class NodeWithClock {
    private NodeWithClock() {}

    /** Arguments: port, address of Redis, name of the node, seconds that its clock is ahead. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Duration ahead = Duration.ofSeconds(Long.parseLong(arguments[3]));
        TimeSource real = TimeSource.system();
        SignalingServer server = SignalingServer.builder()
                .host("127.0.0.1")
                .port(port)
                .project(Integer.parseInt(NodeProcesses.API_KEY), NodeProcesses.SECRET)
                .timeSource(TimeSource.of(real::nanos, () -> real.instant().plus(ahead)))
                .cluster(new ClusterSettings(
                        arguments[1], RedisProcess.SECRET, arguments[2], URI.create("http://127.0.0.1:" + port), 10))
                .start();
        System.out.println("listening on " + server.uri());
        new CountDownLatch(1).await();
    }
}
