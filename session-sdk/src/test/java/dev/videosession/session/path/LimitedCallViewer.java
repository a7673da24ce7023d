package dev.videosession.session.path;

import dev.videosession.protocol.SessionId;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.net.URI;

/** The subscriber at the end of a limited path. A program that ends with its standard input. */
final class LimitedCallViewer {
    private LimitedCallViewer() {}

    public static void main(String[] arguments) throws IOException {
        Participant far = new Participant(URI.create(arguments[0]), new SessionId(arguments[1]), "far", null);
        far.session.connect(arguments[2]).blockingAwait();
        FrameReport.print(far.awaitStream("hd").subscriber, "far");
        while (System.in.read() >= 0) {
            // until the test ends
        }
        Runtime.getRuntime().halt(0);
    }
}
