package dev.videosession.benchmark.media;

import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;

/** Two clients of a relayed session: one publishes, the other subscribes. */
public final class SessionPath implements VideoPath {
    private final Session sender;
    private final Session receiver;

    private SessionPath(Session sender, Session receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    /**
     * Connects both clients and publishes.
     *
     * @param server the signaling server
     * @param source the video that is published
     * @param sink receives it
     * @return published
     */
    public static SessionPath open(MediaServer server, VideoSource source, VideoSink sink) {
        SessionId id = server.session(true);
        Session receiver = server.client(id);
        receiver.addListener(new SessionListener() {
            @Override
            public void onStreamCreated(SessionEvent.StreamCreated event) {
                receiver.subscribe(event.stream()).video().addSink(sink);
            }
        });
        Session sender = server.client(id);
        server.connect(receiver);
        server.connect(sender);
        sender.publish(Publisher.builder().video(source).build()).blockingAwait();
        return new SessionPath(sender, receiver);
    }

    @Override
    public void close() {
        sender.disconnect().blockingAwait();
        receiver.disconnect().blockingAwait();
    }
}
