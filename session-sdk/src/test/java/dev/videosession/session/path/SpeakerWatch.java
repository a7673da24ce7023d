package dev.videosession.session.path;

import dev.videosession.protocol.SessionId;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Speakers;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.net.URI;

/** A subscriber at the end of a limited path that prints each active speaker. A program that ends with its standard input. */
final class SpeakerWatch {
    private SpeakerWatch() {}

    public static void main(String[] arguments) throws IOException {
        Participant far = new Participant(URI.create(arguments[0]), new SessionId(arguments[1]), "far", null);
        String[] active = {""};
        far.session.addListener(new SessionListener() {
            @Override
            public void onSpeakersChanged(Speakers speakers) {
                String now = speakers.active().map(stream -> stream.name()).orElse("none");
                if (!now.equals(active[0])) {
                    active[0] = now;
                    System.out.println("at " + System.currentTimeMillis() + " active " + now + " 0");
                }
            }
        });
        far.session.connect(arguments[2]).blockingAwait();
        while (System.in.read() >= 0) {
            // until the test ends
        }
        Runtime.getRuntime().halt(0);
    }
}
