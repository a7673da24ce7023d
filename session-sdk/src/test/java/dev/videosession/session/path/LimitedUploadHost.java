package dev.videosession.session.path;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.nio.file.Path;

/** The server of a routed call, and a subscriber with a good path. A program that ends with its standard input. */
final class LimitedUploadHost {
    private LimitedUploadHost() {}

    public static void main(String[] arguments) throws IOException {
        LiveServer server = new LiveServer(
                new Timings(5_000, 15_000, 60_000),
                builder -> builder.host(arguments[0]).router(new JanusSettings(Path.of("/usr/bin/janus"))));
        SessionId id = server.newRoutedSession();
        Participant near = server.join(id, Role.SUBSCRIBER, "near");
        System.out.println("call " + server.server.uri() + " " + id + " " + server.token(id, Role.PUBLISHER, "far"));
        FrameReport.print(near.awaitStream("up").subscriber, "near");
        while (System.in.read() >= 0) {
            // until the test ends
        }
        server.close();
        Runtime.getRuntime().halt(0);
    }
}
