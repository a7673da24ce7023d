package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.AudioSources;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.internal.stream.LocalPublisher;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that are given while a session is connecting wait for the outcome. */
class WhileConnectingTest {
    private final FakeServer server = new FakeServer();
    private final Session session = server.session();
    private final Publisher publisher =
            Publisher.builder().audio(AudioSources.tone(440)).build();
    private final List<Throwable> undeliverable = new ArrayList<>();

    @BeforeEach
    void watchUndeliverableExceptions() {
        RxJavaPlugins.setErrorHandler(undeliverable::add);
    }

    @AfterEach
    void nothingWasUndeliverable() {
        RxJavaPlugins.setErrorHandler(null);
        publisher.close();
        assertThat(undeliverable).isEmpty();
    }

    private FakeServer.FakeSocket asked() {
        FakeServer.FakeSocket socket = server.socket();
        socket.accept();
        return socket;
    }

    private static void refuse(FakeServer.FakeSocket socket) {
        long id = socket.take(ClientMessage.Connect.class).id();
        socket.say(ServerMessage.Failed.of(id, ErrorCode.AUTHENTICATION_ERROR, "the token has expired"));
    }

    @Test
    void commandsRunInOrderWhenTheSessionIsConnected() {
        session.connect("token");
        TestObserver<Void> first = session.signal("a", null).test();
        session.signal("b", null);
        FakeServer.FakeSocket socket = server.establish(session, List.of(), List.of());

        ClientMessage.Signal sent = socket.take(ClientMessage.Signal.class);
        assertThat(sent.signalType()).isEqualTo("a");
        assertThat(socket.take(ClientMessage.Signal.class).signalType()).isEqualTo("b");
        first.assertNotComplete();
        socket.say(new ServerMessage.Done(sent.id()));
        first.assertComplete();
    }

    @Test
    void connectAndThenPublishPublishes() {
        ((LocalPublisher) publisher).media().open().join();
        TestObserver<Void> both =
                session.connect("token").andThen(session.publish(publisher)).test();
        FakeServer.FakeSocket socket = server.establish(session, List.of(), List.of());

        ClientMessage.Publish publish = socket.take(ClientMessage.Publish.class);
        assertThat(publisher.session()).contains(session);
        both.assertNotComplete();
        socket.say(new ServerMessage.Published(publish.id(), FakeServer.stream("mine", "self")));
        both.assertComplete();
    }

    @Test
    void connectAndThenPublishFailsWithTheErrorOfConnect() {
        TestObserver<Void> both =
                session.connect("token").andThen(session.publish(publisher)).test();
        refuse(asked());

        both.assertError(error -> error instanceof SessionException e && e.is(ErrorCode.AUTHENTICATION_ERROR));
        assertThat(publisher.session()).isEmpty();
        assertThat(publisher.isDestroyed()).isFalse();
    }

    @Test
    void everyCommandFailsWithTheErrorOfConnect() {
        session.connect("token");
        TestObserver<Void> publish = session.publish(publisher).test();
        TestObserver<Void> signal = session.signal(null, "hi").test();
        refuse(asked());

        publish.assertError(error -> "the token has expired".equals(error.getMessage()));
        signal.assertError(error -> "the token has expired".equals(error.getMessage()));
    }

    @Test
    void disconnectFailsTheCommandsThatWait() {
        session.connect("token");
        TestObserver<Void> signal = session.signal(null, "hi").test();
        session.disconnect();
        server.settle();

        signal.assertError(error -> "disconnect() was called meanwhile".equals(error.getMessage()));
    }

    @Test
    void commandsForTheNextConnectionWaitForTheEndOfTheLast() {
        FakeServer.FakeSocket socket = server.establish(session, List.of(), List.of());
        session.disconnect();
        TestObserver<Void> tooLate = session.signal("old", null).test();
        session.connect("token");
        session.signal("new", null);
        socket.take(ClientMessage.Disconnect.class);
        tooLate.assertError(error -> "the session is disconnecting".equals(error.getMessage()));
        socket.say(new ServerMessage.Disconnected(DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null));

        FakeServer.FakeSocket next = server.establish(session, List.of(), List.of());
        assertThat(next).isNotSameAs(socket);
        assertThat(next.take(ClientMessage.Signal.class).signalType()).isEqualTo("new");
        socket.assertNothingMoreSent();
    }

    @Test
    void aBoundedNumberOfCommandsWaits() {
        session.connect("token");
        for (int i = 0; i < 1000; i++) {
            session.signal(null, "hi");
        }
        TestObserver<Void> oneMore = session.signal(null, "hi").test();
        server.settle();

        oneMore.assertError(error -> error instanceof SessionException e && e.is(ErrorCode.RATE_LIMIT_EXCEEDED));
    }

    @Test
    void subscriptionWaitsForTheStreamsOfTheSession() {
        FakeServer.FakeSocket socket = server.establish(
                session,
                List.of(FakeServer.connection("bob", Role.PUBLISHER)),
                List.of(FakeServer.stream("cam", "bob")));
        Stream stream = session.streams().get(0);
        session.disconnect();
        server.settle();
        socket.say(new ServerMessage.Disconnected(DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null));
        session.connect("token");
        Subscriber subscriber = session.subscribe(stream);
        TestObserver<Void> connected = subscriber.connected().test();
        refuse(asked());

        connected.assertError(error -> "the token has expired".equals(error.getMessage()));
        assertThat(subscriber.isDestroyed()).isTrue();
    }
}
