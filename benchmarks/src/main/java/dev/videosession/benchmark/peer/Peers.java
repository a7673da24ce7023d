package dev.videosession.benchmark.peer;

import dev.videosession.benchmark.dialect.BareDialect;
import dev.videosession.benchmark.dialect.SignalingDialect;
import dev.videosession.benchmark.dialect.SocketIoDialect;
import io.netty.util.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers that are compared. */
public final class Peers {
    /** Name of the server of this project. */
    public static final String OURS = "video-session";

    private static final String SECRET = "benchmarks-benchmarks-benchmarks-benchmarks";
    private static final String SOCKET_IO_VERSION = "4.8.4";
    private static final String NETTY_SOCKET_IO_VERSION = "2.0.14";

    private Peers() {}

    /**
     * Lists the servers.
     *
     * @param installation installs those of other projects
     * @param javaOptions of the Java runtime of the servers in Java
     * @return the servers, that of this project first
     */
    public static List<Peer> all(Installation installation, List<String> javaOptions) {
        Version netty = Version.identify().get("netty-common");
        return List.of(
                new Peer(
                        OURS,
                        "this checkout",
                        new SignalingDialect(SignalingPeer.PROJECT),
                        true,
                        () -> java(javaOptions, System.getProperty("java.class.path"), SignalingPeer.class.getName())),
                new Peer(
                        "bare Netty",
                        netty == null ? "unknown version" : netty.artifactVersion(),
                        new BareDialect(),
                        false,
                        () -> java(
                                javaOptions, System.getProperty("java.class.path"), BroadcasterPeer.class.getName())),
                new Peer(
                        "Socket.IO",
                        SOCKET_IO_VERSION,
                        new SocketIoDialect(SECRET),
                        true,
                        () -> List.of(
                                "node",
                                "--expose-gc",
                                installation
                                        .node("socket.io")
                                        .resolve("server.mjs")
                                        .toString(),
                                SECRET)),
                new Peer(
                        "netty-socketio",
                        NETTY_SOCKET_IO_VERSION,
                        new SocketIoDialect(SECRET),
                        true,
                        () -> with(
                                java(
                                        javaOptions,
                                        installation.java("netty-socketio", "NettySocketIoServer.java"),
                                        "NettySocketIoServer"),
                                SECRET)));
    }

    private static List<String> java(List<String> options, String classPath, String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }

    private static List<String> with(List<String> command, String argument) {
        List<String> longer = new ArrayList<>(command);
        longer.add(argument);
        return longer;
    }
}
