package dev.videosession.server.internal.router.janus.process;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.settings.JanusSettings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that starts a Janus, prints its directory and its process id, and waits to be killed. */
final class JanusHolder {
    private JanusHolder() {}

    public static void main(String[] arguments) throws Exception {
        JanusProcess janus = JanusProcess.start(
                new JanusSettings(Path.of("/usr/bin/janus")), TimeSource.system(), reason -> System.exit(1));
        System.out.println(janus.directory() + " " + janus.handle().pid());
        new CountDownLatch(1).await();
    }
}
