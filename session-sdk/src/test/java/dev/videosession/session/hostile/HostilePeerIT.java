package dev.videosession.session.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import dev.videosession.session.fixture.SessionSetup;
import dev.videosession.session.internal.signaling.OkHttpConnector;
import dev.videosession.session.internal.signaling.WebSocketConnector;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that relays whatever a participant writes, as servers without a grammar did: the SDK alone protects the process. The
 * victim keeps the media of an honest participant, and gets that of the hostile one as soon as it behaves.
 */
class HostilePeerIT {
    private final LiveServer server = new LiveServer(LiveServer.QUICK);
    private final SessionId id = server.newSession();
    private final Relay relay = new Relay();

    @AfterEach
    void closeServer() {
        server.close();
    }

    /** Changes descriptions and candidates between the server and the victim. */
    private static final class Relay implements WebSocketConnector {
        private final WebSocketConnector network = new OkHttpConnector();
        private final MessageCodec codec = new MessageCodec();
        volatile UnaryOperator<String> description = UnaryOperator.identity();
        volatile UnaryOperator<String> candidate = UnaryOperator.identity();

        void write(String text) {
            description = sdp -> text;
            candidate = line -> text;
        }

        void behave() {
            description = UnaryOperator.identity();
            candidate = UnaryOperator.identity();
        }

        @Override
        public Socket open(URI uri, Events events) {
            return network.open(uri, new Events() {
                @Override
                public void onReached() {
                    events.onReached();
                }

                @Override
                public void onBytes() {
                    events.onBytes();
                }

                @Override
                public void onOpen() {
                    events.onOpen();
                }

                @Override
                public void onText(String text) {
                    events.onText(changed(text));
                }

                @Override
                public void onClosed(int code, String reason) {
                    events.onClosed(code, reason);
                }

                @Override
                public void onFailure(Throwable cause, int httpStatus) {
                    events.onFailure(cause, httpStatus);
                }
            });
        }

        private String changed(String text) {
            ServerMessage message;
            try {
                message = codec.decodeServer(text);
            } catch (MessageException e) {
                return text;
            }
            if (message instanceof LinkMessage.Description each) {
                return codec.encodeServer(new LinkMessage.Description(
                        each.linkId(), each.negotiation(), each.kind(), description.apply(each.sdp())));
            }
            if (message instanceof LinkMessage.Candidate each) {
                return codec.encodeServer(new LinkMessage.Candidate(
                        each.linkId(),
                        each.negotiation(),
                        candidate.apply(each.candidate()),
                        each.sdpMid(),
                        each.sdpMLineIndex()));
            }
            return text;
        }
    }

    private Participant victim(Role role) {
        Participant victim = new Participant(
                "victim",
                new SessionSetup(server.server.uri(), Integer.toString(LiveServer.API_KEY), id, relay).build(),
                null);
        victim.session.connect(server.token(id, role, "victim")).blockingAwait();
        return victim;
    }

    private static void awaitRefusal(Supplier<LinkStats> stats) {
        await("a refused description")
                .atMost(Participant.LIMIT)
                .untilAsserted(
                        () -> assertThat(stats.get().refusedDescriptions()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=0\r\n%n%n%n%n%n%n\r\n", "candidate:%n%n%s%s", "%s%s%s%s%s%s%n"})
    void hostilePublisherHarmsOnlyItsOwnLink(String text) {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant victim = victim(Role.PUBLISHER);
                Participant eve = server.join(id, Role.PUBLISHER, "eve")) {
            ada.publishCamera(440);
            victim.awaitFrames("ada-cam");

            relay.write(text);
            eve.publishCamera(550);
            Participant.Received hostile = victim.awaitStream("eve-cam");
            awaitRefusal(() -> hostile.subscriber.stats().blockingGet());
            victim.awaitNewFrames("ada-cam");

            relay.behave();
            victim.awaitFrames("eve-cam");
            victim.awaitNewFrames("ada-cam");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=0\r\n%n%n%n%n%n%n\r\n", "candidate:%n%n%s%s"})
    void hostileSubscriberHarmsOnlyItsOwnLink(String text) {
        try (Participant victim = victim(Role.PUBLISHER);
                Participant ada = server.join(id, Role.PUBLISHER, "ada")) {
            Publisher camera = victim.publishCamera(440);
            ada.awaitFrames("victim-cam");

            relay.write(text);
            try (Participant eve = server.join(id, Role.SUBSCRIBER, "eve")) {
                eve.awaitStream("victim-cam");
                awaitRefusal(() -> {
                    Map<?, LinkStats> all = camera.stats().blockingGet();
                    return all.values().stream()
                            .reduce((one, other) -> one.refusedDescriptions() > 0 ? one : other)
                            .orElseThrow();
                });
                ada.awaitNewFrames("victim-cam");

                relay.behave();
                eve.awaitFrames("victim-cam");
                ada.awaitNewFrames("victim-cam");
            }
        }
    }
}
