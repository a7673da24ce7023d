package dev.videosession.app.guide;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Watches a session on a machine without display, camera and sound card. */
public final class HeadlessParticipant {
    private HeadlessParticipant() {}

    /**
     * Takes part in a session until it ends.
     *
     * @param server address of the server
     * @param apiKey API key of the project
     * @param sessionId session id created by the backend
     * @param token token with the role subscriber
     * @param lines receives a line for each stream
     * @return why the session ended
     */
    public static SessionDisconnectEvent watch(
            URI server, String apiKey, String sessionId, String token, Consumer<String> lines) {
        CompletableFuture<SessionDisconnectEvent> ended = new CompletableFuture<>();
        try (MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);
                Session session = Session.builder(server, apiKey, sessionId)
                        .mediaEngine(engine)
                        .build()) {
            session.addListener(new SessionListener() {
                @Override
                public void onStreamCreated(SessionEvent.StreamCreated event) {
                    Subscriber subscriber = session.subscribe(event.stream());
                    subscriber.video().addSink(firstFrame(event.stream(), lines));
                }

                @Override
                public void onDisconnected(SessionDisconnectEvent event) {
                    ended.complete(event);
                }
            });
            session.connect(token).blockingAwait();
            return ended.join(); // the library's threads are daemons: this one keeps the program alive
        }
    }

    private static VideoSink firstFrame(Stream stream, Consumer<String> lines) {
        AtomicBoolean first = new AtomicBoolean(true);
        return frame -> { // on a decoder's thread: return quickly
            if (first.getAndSet(false)) {
                lines.accept(stream.name() + " " + frame.width() + "x" + frame.height());
            }
        };
    }
}
