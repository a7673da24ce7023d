package dev.videosession.benchmark.peer;

import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.ServerLimits;
import java.io.IOException;

/** Our server, with limits that one machine full of clients does not reach. Everything else is as it is shipped. */
public final class SignalingPeer {
    /** The project of all sessions. */
    public static final Project PROJECT = new Project(47_000_002, "benchmarks-benchmarks-benchmarks-benchmarks");

    private static final int UNLIMITED = 1_000_000;
    private static final int UNLIMITED_BYTES = 1 << 30;

    private SignalingPeer() {}

    /**
     * Runs the server until standard input ends.
     *
     * @param arguments none
     * @throws IOException if it cannot listen
     */
    public static void main(String[] arguments) throws IOException {
        try (SignalingServer server = start()) {
            ServerMain.serve(server.port());
        }
        System.exit(0);
    }

    /**
     * Starts the server in this process.
     *
     * @return the server
     * @throws IOException if it cannot listen
     */
    public static SignalingServer start() throws IOException {
        return builder().start();
    }

    /** {@return a builder for the server, on any port of the loopback address} */
    public static SignalingServerBuilder builder() {
        ServerLimits limits = ServerLimits.builder()
                .connectionsPerSession(UNLIMITED)
                .connectionsPerToken(UNLIMITED)
                .connectionsPerProject(UNLIMITED)
                .connectionsPerAddress(UNLIMITED)
                .unauthenticatedSockets(UNLIMITED)
                .unauthenticatedSocketsPerAddress(UNLIMITED)
                .messageRate(UNLIMITED, UNLIMITED)
                .signalRate(UNLIMITED, UNLIMITED)
                .byteRate(UNLIMITED_BYTES, UNLIMITED_BYTES)
                .entryRate(UNLIMITED, UNLIMITED)
                .build();
        return SignalingServer.builder()
                .host("127.0.0.1")
                .port(0)
                .project(PROJECT)
                .limits(limits);
    }
}
