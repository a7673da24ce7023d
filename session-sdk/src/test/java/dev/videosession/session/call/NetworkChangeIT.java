package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.SessionSetup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media path is lost for good, as after a change of address; both ends repair it by themselves. */
@Timeout(120)
class NetworkChangeIT {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkChangeIT.class);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicLong number = new AtomicLong(-1);

    private void receive(Subscriber subscriber) {
        subscriber.video().addSink(frame -> FrameStamp.read(frame).ifPresent(stamp -> number.set(stamp.number())));
        subscriber.addListener(new SubscriberListener() {
            @Override
            public void onConnected() {
                events.add("connected");
            }

            @Override
            public void onDisconnected() {
                events.add("disconnected");
            }

            @Override
            public void onReconnected() {
                events.add("reconnected");
            }
        });
    }

    private void awaitFrames(int count) {
        long enough = number.get() + count;
        await(count + " more frames").atMost(Duration.ofSeconds(40)).until(() -> number.get() >= enough);
    }

    @Test
    void callGoesOnOverTheNewNetworkByItself() throws Exception {
        try (MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);
                LiveServer server = new LiveServer(new Timings(3_000, 8_000, 12_000));
                CutNetwork network = new CutNetwork()) {
            SessionId id = server.newSession();
            Session ada = session(server, id, engine, network);
            Session bob = session(server, id, engine, network);
            bob.addListener(new SessionListener() {
                @Override
                public void onStreamCreated(SessionEvent.StreamCreated event) {
                    receive(bob.subscribe(event.stream()));
                }

                @Override
                public void onReconnecting(SessionEvent.SessionReconnecting event) {
                    events.add("signaling lost");
                }
            });
            ada.connect(server.token(id, Role.PUBLISHER, "ada")).blockingAwait();
            bob.connect(server.token(id, Role.SUBSCRIBER, "bob")).blockingAwait();
            Publisher publisher = Publisher.builder()
                    .video(VideoSources.pattern(VideoFormat.P360))
                    .mediaEngine(engine)
                    .build();
            ada.publish(publisher).blockingAwait();
            awaitFrames(30);

            network.change();
            long lost = System.nanoTime();
            await("the loss is reported").atMost(Duration.ofSeconds(30)).until(() -> events.contains("disconnected"));
            awaitFrames(1);
            LOG.info("first frame {} ms after the loss", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lost));
            awaitFrames(60);

            await("the repair is reported").atMost(Duration.ofSeconds(10)).until(() -> events.contains("reconnected"));
            assertThat(events).containsExactly("connected", "disconnected", "reconnected");
            ada.disconnect().blockingAwait();
            bob.disconnect().blockingAwait();
        }
    }

    private static Session session(LiveServer server, SessionId id, MediaEngine engine, CutNetwork network) {
        return new SessionSetup(server.server.uri(), Integer.toString(LiveServer.API_KEY), id, network.connector())
                .mediaEngine(engine)
                .build();
    }
}
