package dev.videosession.benchmark.media;

import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Participants of one session in this process: each publishes 640x360 at 30 frames a second and subscribes to every other one. */
public final class Mesh implements AutoCloseable {
    private static final int CONNECT_SECONDS = 30;

    private final List<Session> participants = new ArrayList<>();

    /**
     * Opens the session and waits until each participant receives video from every other one.
     *
     * @param server the signaling server, with its router for a routed session
     * @param relayed whether media goes from client to client
     * @param size number of participants
     * @throws InterruptedException if the thread is interrupted
     */
    public Mesh(MediaServer server, boolean relayed, int size) throws InterruptedException {
        SessionId id = server.session(relayed);
        CountDownLatch subscriptions = new CountDownLatch(size * (size - 1));
        for (int i = 0; i < size; i++) {
            Session participant = server.client(id);
            participant.addListener(new SessionListener() {
                @Override
                public void onStreamCreated(SessionEvent.StreamCreated event) {
                    CountDownLatch first = new CountDownLatch(1);
                    participant.subscribe(event.stream()).video().addSink(frame -> {
                        if (first.getCount() > 0) {
                            first.countDown();
                            subscriptions.countDown();
                        }
                    });
                }
            });
            server.connect(participant);
            participant
                    .publish(Publisher.builder()
                            .video(VideoSources.pattern(VideoFormat.P360))
                            .build())
                    .blockingAwait();
            participants.add(participant);
        }
        if (!subscriptions.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    subscriptions.getCount() + " subscribers received no video within " + CONNECT_SECONDS + " s");
        }
    }

    @Override
    public void close() {
        participants.forEach(each -> each.disconnect().blockingAwait());
    }
}
