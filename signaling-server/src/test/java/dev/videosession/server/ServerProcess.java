package dev.videosession.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/** A server in a process of its own that stops on SIGTERM, for tests. Writes its address into the file that it is given. */
final class ServerProcess {
    private ServerProcess() {}

    public static void main(String[] arguments) throws Exception {
        SignalingServer server =
                SignalingServer.builder().project(ServerFixture.PROJECT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        Path file = Path.of(arguments[0]);
        Path draft = file.resolveSibling("draft");
        Files.writeString(draft, server.uri().toString());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }
}
