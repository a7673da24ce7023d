package dev.videosession.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/**
 * A server in a process of its own that stops on SIGTERM, for tests. Writes its address into the file that it is given
 * first; keeps its data in the directory that it may be given second.
 */
public final class ServerProcess {
    private ServerProcess() {}

    public static void main(String[] arguments) throws Exception {
        SignalingServerBuilder builder = SignalingServer.builder().project(ServerFixture.PROJECT);
        if (arguments.length > 1) {
            builder.dataDirectory(Path.of(arguments[1]));
        }
        SignalingServer server = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        Path file = Path.of(arguments[0]);
        Path draft = file.resolveSibling("draft");
        Files.writeString(draft, server.uri().toString());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }
}
