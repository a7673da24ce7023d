package dev.videosession.session.path;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.net.URI;

/** A publisher at the end of a limited path. A program that ends with its standard input. */
final class LimitedUploader {
    private LimitedUploader() {}

    public static void main(String[] arguments) throws IOException {
        Participant far = new Participant(URI.create(arguments[0]), new SessionId(arguments[1]), "far", null);
        far.session.connect(arguments[2]).blockingAwait();
        far.session
                .publish(Publisher.builder()
                        .video(VideoSources.pattern(new VideoFormat(1280, 720, 30)))
                        .audio(AudioSources.tone(660))
                        .name("up")
                        .build())
                .blockingAwait();
        while (System.in.read() >= 0) {
            // until the test ends
        }
        Runtime.getRuntime().halt(0);
    }
}
