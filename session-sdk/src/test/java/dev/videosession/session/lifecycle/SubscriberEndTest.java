package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.VideoChangeReason;
import dev.videosession.session.fixture.FakeServer;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscriber's listeners hear last. */
class SubscriberEndTest {
    private final FakeServer server = new FakeServer();
    private final List<Throwable> undeliverable = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Session session = server.session();
    private final FakeServer.FakeSocket socket = server.establish(
            session, List.of(FakeServer.connection("bob", Role.PUBLISHER)), List.of(FakeServer.stream("cam", "bob")));
    private final Stream stream = session.streams().get(0);

    @BeforeEach
    void watchUnhandledErrors() {
        RxJavaPlugins.setErrorHandler(undeliverable::add);
    }

    @AfterEach
    void stopWatching() {
        RxJavaPlugins.setErrorHandler(null);
    }

    private Subscriber listen(Subscriber subscriber) {
        subscriber.addListener(new SubscriberListener() {
            @Override
            public void onVideoDisabled(VideoChangeReason reason) {
                told.add("videoDisabled");
            }

            @Override
            public void onError(SessionException error) {
                told.add("error " + error.code());
            }

            @Override
            public void onDestroyed() {
                told.add("destroyed");
            }
        });
        return subscriber;
    }

    @Test
    void nothingFollowsDestroyed() {
        socket.say(new ServerMessage.Disconnected(DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, null));
        // the subscription fails on the loop, after the application has given it up
        Subscriber subscriber = listen(session.subscribe(stream));
        TestObserver<Void> connected = subscriber.connected().test();
        subscriber.destroy();
        subscriber.subscribeToVideo(false);
        server.settle();
        assertThat(told.get(told.size() - 1)).isEqualTo("destroyed");
        assertThat(told).containsOnlyOnce("destroyed");
        assertThat(undeliverable).isEmpty();
        connected.assertError(SessionException.class);
        assertThat(session.subscribersFor(stream)).isEmpty();
    }

    @Test
    void subscribersOfAStreamAreFoundWhileListenersHearOfItsEnd() {
        Subscriber subscriber = listen(session.subscribe(stream));
        List<Subscriber> found = new ArrayList<>();
        session.addListener(new SessionListener() {
            @Override
            public void onStreamDestroyed(StreamDestroyedEvent event) {
                found.addAll(session.subscribersFor(event.stream()));
            }
        });
        socket.say(new SequencedEvent.StreamDestroyed(
                11, new StreamId("cam"), new ConnectionId("bob"), StreamDestroyReason.CLIENT_DISCONNECTED));
        assertThat(found).containsExactly(subscriber);
        assertThat(session.subscribersFor(stream)).isEmpty();
        assertThat(told).containsExactly("destroyed");
    }
}
