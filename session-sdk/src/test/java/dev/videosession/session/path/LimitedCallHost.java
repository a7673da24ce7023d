package dev.videosession.session.path;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.nio.file.Path;

/** The server of a routed call, its publisher and a subscriber with a good path. A program that ends with its standard input. */
final class LimitedCallHost {
    private LimitedCallHost() {}

    public static void main(String[] arguments) throws IOException {
        String host = arguments[0];
        LiveServer server = new LiveServer(
                new Timings(5_000, 15_000, 60_000),
                builder -> builder.host(host).router(new JanusSettings(Path.of("/usr/bin/janus"))));
        SessionId id = arguments[1].equals("routed") ? server.newRoutedSession() : server.newSession();
        Participant ada = server.join(id, Role.PUBLISHER, "ada");
        Publisher camera = Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(1280, 720, 30)))
                .audio(AudioSources.tone(440))
                .name("hd")
                .build();
        ada.session.publish(camera).blockingAwait();
        Participant near = server.join(id, Role.SUBSCRIBER, "near");
        FrameReport.print(near.awaitStream("hd").subscriber, "near");
        System.out.println("call " + server.server.uri() + " " + id + " " + server.token(id, Role.PUBLISHER, "far"));
        while (System.in.read() >= 0) {
            // until the test ends
        }
        Runtime.getRuntime().halt(closed(server));
    }

    private static int closed(LiveServer server) {
        server.close();
        return 0;
    }
}
