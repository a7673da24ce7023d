package dev.videosession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.media.AudioSources;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.fixture.SessionSetup;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that cannot succeed fail at once, each through its own outcome and with its own words. */
class RefusedCallsTest {
    private static final String HALF = "\uD83D";

    private final FakeServer server = new FakeServer();
    private final List<SessionException> exceptions = new ArrayList<>();
    private final Session session = server.session();

    private SessionException failure(Completable call) {
        TestObserver<Void> outcome = call.test();
        server.settle();
        List<Throwable> errors = new ArrayList<>();
        outcome.assertError(error -> errors.add(error));
        assertThat(errors).hasSize(1).first().isInstanceOf(SessionException.class);
        return (SessionException) errors.get(0);
    }

    private FakeServer.FakeSocket establish() {
        return server.establish(
                session,
                List.of(FakeServer.connection("bob", Role.PUBLISHER)),
                List.of(FakeServer.stream("cam", "bob")));
    }

    private static String token(String project) {
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"iss\":\"" + project + "\"}").getBytes(StandardCharsets.UTF_8));
        return "e30." + payload + ".c2ln";
    }

    private void watchExceptions() {
        session.addListener(new SessionListener() {
            @Override
            public void onError(SessionException error) {
                exceptions.add(error);
            }
        });
    }

    @Test
    void tokenThatIsTooLongFailsWithoutASocket() {
        watchExceptions();
        SessionException error = failure(session.connect("x".repeat(Limits.TOKEN + 1)));

        assertThat(error.code()).isEqualTo(1004);
        assertThat(error).hasMessage("token is longer than 8192 characters");
        assertThat(error.isRetryable()).isFalse();
        assertThat(exceptions).containsExactly(error);
        assertThat(server.sockets).isEmpty();
        assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);

        session.connect("x".repeat(Limits.TOKEN));
        server.socket();
        assertThat(session.state()).isEqualTo(SessionState.CONNECTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"to ken", "to\nken", "to\u2003ken", "tok" + HALF})
    void tokenThatWasDamagedOnTheWayIsNamed(String token) {
        SessionException error = failure(session.connect(token));
        assertThat(error.code()).isEqualTo(1004);
        assertThat(error.getMessage())
                .containsAnyOf("token holds white space at index 2", "token is not valid Unicode");
        assertThat(server.sockets).isEmpty();
    }

    @Test
    void whiteSpaceAroundTokenKeyAndIdDoesNotCount() {
        Session padded = Session.builder(URI.create("http://server.test:1"), " 100\n", "\t2_session ")
                .build();
        assertThat(padded.apiKey()).isEqualTo("100");
        assertThat(padded.id().value()).isEqualTo("2_session");

        session.connect("\n token\r\n");
        FakeServer.FakeSocket socket = server.socket();
        socket.accept();
        assertThat(socket.take(ClientMessage.Connect.class).token()).isEqualTo("token");
    }

    @Test
    void keyOfAnotherProjectThanTheTokensIsNamed() {
        SessionException wrong = failure(session.connect(token("200")));
        assertThat(wrong.code()).isEqualTo(1004);
        assertThat(wrong)
                .hasMessage(
                        "the session was made with the API key 100, but the token belongs to the project 200. Use the key"
                                + " and the token of one project.");

        Session keyless =
                new SessionSetup(URI.create("http://server.test:1"), "", new SessionId("2_session"), server).build();
        assertThat(keyless.connect(token("200")).onErrorComplete().blockingAwait(5, TimeUnit.SECONDS))
                .isTrue();
        assertThat(server.sockets).isEmpty();

        session.connect(token("100"));
        assertThat(server.socket()).isNotNull();
    }

    @Test
    void requestThatIsTooLargeForAMessageFailsAndTheSessionGoesOn() {
        FakeServer.FakeSocket socket = establish();
        List<StreamId> many = IntStream.range(0, 1000)
                .mapToObj(i -> new StreamId("s".repeat(60) + (1000 + i)))
                .toList();

        SessionException error = failure(session.forceMuteAll(many));
        assertThat(error.code()).isEqualTo(1011);
        assertThat(error.getMessage()).contains("a message at most 65536");
        socket.assertNothingMoreSent();

        session.forceMuteAll(many.subList(0, 900));
        socket.take(ClientMessage.ForceMuteAll.class);
    }

    @Test
    void callWithAValueOutOfRangeFailsThroughItsOutcome() {
        FakeServer.FakeSocket socket = establish();
        ConnectionId bob = new ConnectionId("bob");
        List<StreamId> tooMany =
                IntStream.range(0, 1001).mapToObj(i -> new StreamId("s" + i)).toList();

        assertThat(failure(session.signal(null, "hi" + HALF)).code()).isEqualTo(400);
        assertThat(failure(session.signal(HALF, "hi")).code()).isEqualTo(400);
        assertThat(failure(session.signal("t".repeat(129), "hi")).code()).isEqualTo(413);
        assertThat(failure(session.signal(null, "x".repeat(8193))).code()).isEqualTo(413);
        assertThat(failure(session.forceDisconnect(bob, ForceDisconnectOptions.DEFAULT.withMessage("bye" + HALF))))
                .hasMessageContaining("surrogate");
        assertThat(failure(session.forceDisconnect(bob, ForceDisconnectOptions.DEFAULT.withMessage("x".repeat(1001))))
                        .code())
                .isEqualTo(1011);
        assertThat(failure(session.forceMuteAll(tooMany)).code()).isEqualTo(1011);
        socket.assertNothingMoreSent();
    }

    @Test
    void valueThatCanNeverBeRightIsRefusedWhereItIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubscriberOptions(true, true, null, 0))
                .withMessage("The preferred frame rate must be 1 to 240 frames per second, not 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> new SubscriberOptions(true, true, null, 241));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Publisher.builder().name("Ada" + HALF));
        establish();
        Stream stream = session.streams().get(0);
        assertThat(session.subscribe(stream, new SubscriberOptions(true, true, null, 240)))
                .isNotNull();
    }

    @Test
    void everyStateOfTheSessionHasItsOwnWords() {
        assertThat(failure(session.signal(null, "hi")))
                .hasMessage("the session is not connected; call connect() first");
        establish();
        session.disconnect();
        assertThat(failure(session.signal(null, "hi"))).hasMessage("the session is disconnecting");
        server.pass(5000);
        session.close();
        assertThat(failure(session.connect("token"))).hasMessage("the session is closed for good; build a new one");
    }

    @Test
    void everyEndOfASubscriptionHasItsOwnWords() {
        FakeServer.FakeSocket socket = establish();
        Stream stream = session.streams().get(0);

        Subscriber given = session.subscribe(stream);
        session.unsubscribe(given);
        SessionException unsubscribed = failure(given.connected());
        assertThat(unsubscribed).hasMessage("unsubscribed before media flowed");
        assertThat(unsubscribed.errorName()).isEqualTo("OT_CANCEL");

        Subscriber ended = session.subscribe(stream);
        socket.say(new SequencedEvent.StreamDestroyed(
                11, new StreamId("cam"), new ConnectionId("bob"), StreamDestroyReason.FORCE_UNPUBLISHED));
        SessionException gone = failure(ended.connected());
        assertThat(gone).hasMessage("the stream ended before media flowed: forceUnpublished");
        assertThat(gone.errorName()).isEqualTo("OT_STREAM_DESTROYED");

        socket.say(new SequencedEvent.StreamCreated(12, FakeServer.stream("cam2", "bob")));
        Subscriber removed = session.subscribe(session.streams().get(0));
        socket.say(new ServerMessage.Disconnected(DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, null));
        assertThat(failure(removed.connected())).hasMessage("the session ended before media flowed: forceDisconnected");
    }

    @Test
    void everyMisuseOfAPublisherHasItsOwnWords() {
        establish();
        FakeServer elsewhere = new FakeServer();
        Session other = elsewhere.session();
        elsewhere.establish(other, List.of(), List.of());
        try (Publisher publisher =
                Publisher.builder().audio(AudioSources.tone(440)).build()) {
            assertThat(failure(session.unpublish(publisher))).hasMessage("the publisher is not published");

            other.publish(publisher);
            elsewhere.settle();
            assertThat(failure(session.publish(publisher)))
                    .hasMessage("the publisher is published in the session 2_session; unpublish it there first");
            assertThat(failure(session.unpublish(publisher)))
                    .hasMessage("the publisher is published in the session 2_session, not in this one");
            TestObserver<Void> again = other.publish(publisher).test();
            elsewhere.settle();
            again.assertError(error -> String.valueOf(error.getMessage())
                    .equals("the publisher is already published in this session, or about to be"));

            publisher.destroy();
            elsewhere.settle();
            assertThat(failure(session.publish(publisher))).hasMessage("the publisher is destroyed; build a new one");
            assertThat(failure(session.unpublish(publisher)))
                    .hasMessage("the publisher is destroyed and no longer published");
        }
    }
}
