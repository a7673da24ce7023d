package example.viewer;

import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.VideoSources;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.Subscriber;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Publishes a test pattern under one token and prints the size of the first frame that arrives under another. */
public final class Viewer {
    private Viewer() {}

    /**
     * Runs the program.
     *
     * @param arguments server, API key, session id, two tokens
     */
    public static void main(String[] arguments) {
        URI server = URI.create(arguments[0]);
        try (Session watching = Session.builder(server, arguments[1], arguments[2]).build();
                Session sending = Session.builder(server, arguments[1], arguments[2]).build();
                Publisher publisher = Publisher.builder()
                        .video(VideoSources.pattern(new VideoFormat(160, 120, 10)))
                        .build()) {
            var created = watching.events()
                    .ofType(SessionEvent.StreamCreated.class)
                    .replay(1)
                    .autoConnect(0);
            watching.connect(arguments[3]).blockingAwait();
            sending.connect(arguments[4]).blockingAwait();
            sending.publish(publisher).blockingAwait();
            Subscriber subscriber = watching.subscribe(created.blockingFirst().stream());
            var size = new java.util.concurrent.CompletableFuture<String>();
            subscriber.video().addSink(frame -> size.complete(frame.width() + "x" + frame.height()));
            System.out.println("frame " + size.get(20, TimeUnit.SECONDS) + " in "
                    + (Viewer.class.getModule().isNamed() ? "a module" : "no module"));
            System.out.flush();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
