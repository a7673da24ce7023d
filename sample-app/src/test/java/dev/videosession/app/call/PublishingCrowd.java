package dev.videosession.app.call;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Many participants in one process, each of which publishes a numbered pattern: server, session, token, their number, WxH@FPS. */
final class PublishingCrowd {
    private PublishingCrowd() {}

    public static void main(String[] arguments) throws Exception {
        String[] video = arguments[4].split("[x@]", -1);
        VideoFormat format =
                new VideoFormat(Integer.parseInt(video[0]), Integer.parseInt(video[1]), Integer.parseInt(video[2]));
        List<Session> sessions = new ArrayList<>();
        try (MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS)) {
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                String key = TokenProject.of(arguments[2]).orElse("");
                Session session = Session.builder(URI.create(arguments[0]), key, arguments[1])
                        .mediaEngine(engine)
                        .build();
                sessions.add(session);
                session.connect(arguments[2]).blockingAwait();
                session.publish(Publisher.builder()
                                .mediaEngine(engine)
                                .name("P" + i)
                                .video(VideoSources.pattern(format))
                                .build())
                        .blockingAwait();
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // until the test ends
            }
            sessions.forEach(Session::close);
        }
    }
}
