package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients put into a roster is bounded, for each of them, for those that share a token, and for all. */
class RosterBudgetTest {
    private static final String LONGEST = "\u6f22".repeat(1000);

    private static ServerFixture fixture(ServerLimits.Builder limits) {
        ServerLimits built = limits.build();
        return new ServerFixture(builder -> builder.limits(built));
    }

    private static String token(ServerFixture fixture, String data) {
        return new TokenIssuer(ServerFixture.PROJECT)
                .jwt(new ClientToken(fixture.session).withRole(Role.PUBLISHER).withData(data));
    }

    private static ServerMessage.Reply publish(TestClient client, String name) {
        client.send(new ClientMessage.Publish(client.nextId(), name, true, true, null, null));
        return client.await(ServerMessage.Reply.class);
    }

    private static String refusal(ServerFixture fixture, String token) {
        TestClient client = fixture.open();
        client.sendConnect(fixture.session, token);
        ServerMessage.Failed refused = client.expect(ServerMessage.Failed.class);
        assertThat(refused.code()).isEqualTo(ErrorCode.CONNECTION_LIMIT_EXCEEDED.code());
        return refused.message();
    }

    @Test
    void connectionPublishesNamesUpToItsBudgetAndAgainWhenSomeHaveEnded() {
        try (ServerFixture fixture = fixture(ServerLimits.builder())) {
            TestClient client = fixture.join(Role.PUBLISHER);
            List<ServerMessage.Reply> replies = List.of(
                    publish(client, LONGEST),
                    publish(client, LONGEST),
                    publish(client, LONGEST),
                    publish(client, LONGEST),
                    publish(client, LONGEST));
            assertThat(replies.subList(0, 4)).hasOnlyElementsOfType(ServerMessage.Published.class);
            assertThat(replies.get(4)).isInstanceOfSatisfying(ServerMessage.Failed.class, refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.STREAM_LIMIT_EXCEEDED.code());
                assertThat(refused.message()).contains("16384 bytes");
            });
            StreamInfo first = ((ServerMessage.Published) replies.get(0)).stream();
            client.send(new ClientMessage.Unpublish(client.nextId(), first.streamId(), null));
            client.await(ServerMessage.Done.class);
            assertThat(publish(client, LONGEST)).isInstanceOf(ServerMessage.Published.class);
        }
    }

    @Test
    void sessionThatIsFullOfTextIsFullForEveryToken() {
        try (ServerFixture fixture = fixture(ServerLimits.builder().rosterBytes(32 * 1024, 64 * 1024))) {
            for (int i = 0; i < 3; i++) {
                TestClient client = fixture.open().connect(fixture.session, token(fixture, "client " + i));
                for (int stream = 0; stream < 6; stream++) {
                    assertThat(publish(client, LONGEST)).isInstanceOf(ServerMessage.Published.class);
                }
            }
            TestClient last = fixture.open().connect(fixture.session, token(fixture, "last"));
            assertThat(publish(last, LONGEST)).isInstanceOf(ServerMessage.Published.class);
            assertThat(publish(last, LONGEST)).isInstanceOf(ServerMessage.Failed.class);
            assertThat(refusal(fixture, token(fixture, LONGEST.substring(0, 999))))
                    .contains("65536 bytes");
        }
    }

    @Test
    void oneTokenFillsHalfOfTheRosterAtMost() {
        try (ServerFixture fixture = fixture(ServerLimits.builder().rosterBytes(32 * 1024, 64 * 1024))) {
            String shared = token(fixture, LONGEST);
            for (int i = 0; i < 10; i++) {
                fixture.open().connect(fixture.session, shared);
            }
            assertThat(refusal(fixture, shared)).contains("half").doesNotContain(shared);
            fixture.open().connect(fixture.session, token(fixture, LONGEST.substring(1)));
        }
    }

    @Test
    void tokenIsGoodForSoManyConnectionsAtATime() {
        try (ServerFixture fixture = fixture(ServerLimits.builder().connectionsPerToken(2))) {
            String shared = token(fixture, "viewers");
            TestClient first = fixture.open().connect(fixture.session, shared);
            fixture.open().connect(fixture.session, shared);
            assertThat(refusal(fixture, shared)).contains("2 connections").doesNotContain(shared);
            TestClient other = fixture.open().connect(fixture.session, token(fixture, "another"));
            first.send(new ClientMessage.Disconnect());
            other.await(SequencedEvent.ConnectionDestroyed.class);
            fixture.open().connect(fixture.session, shared);
        }
    }

    @Test
    void projectHasSoManyConnectionsInAllItsSessions() {
        try (ServerFixture fixture = fixture(ServerLimits.builder().connectionsPerProject(2))) {
            TestClient first = fixture.join(Role.PUBLISHER);
            fixture.join(Role.PUBLISHER);
            assertThat(refusal(fixture, fixture.token(Role.PUBLISHER))).contains("project has 2 connections");
            first.send(new ClientMessage.Disconnect());
            first.await(ServerMessage.Disconnected.class);
            fixture.join(Role.PUBLISHER);
        }
    }

    /** Longer than a frame and than the buffer of a socket. */
    @Test
    void longRosterArrivesInFragmentsAndWhatFollowsInOrder() {
        try (ServerFixture fixture = fixture(ServerLimits.builder().rosterBytes(32 * 1024, 4 * 1024 * 1024))) {
            TestClient first = fixture.open().connect(fixture.session, token(fixture, "first"));
            for (int i = 0; i < 40; i++) {
                TestClient client = fixture.open().connect(fixture.session, token(fixture, i + LONGEST.substring(2)));
                for (int stream = 0; stream < 8; stream++) {
                    assertThat(publish(client, LONGEST)).isInstanceOf(ServerMessage.Published.class);
                }
            }
            TestClient last = fixture.open();
            last.sendConnect(fixture.session, token(fixture, "last"));
            first.send(new ClientMessage.Signal(first.nextId(), "probe", "1", null));
            ServerMessage.Connected connected = last.expect(ServerMessage.Connected.class);
            assertThat(connected.roster().streams())
                    .hasSize(320)
                    .allMatch(stream -> stream.name().equals(LONGEST));
            assertThat(connected.roster().connections()).hasSizeGreaterThanOrEqualTo(42);
            assertThat(connected.roster().connections())
                    .extracting(ConnectionInfo::data)
                    .contains("first", "last");
            first.send(new ClientMessage.Signal(first.nextId(), "probe", "2", null));
            String heard = last.await(SequencedEvent.Signal.class).data();
            if (heard.equals("1")) { // it was decided after the roster
                heard = last.await(SequencedEvent.Signal.class).data();
            }
            assertThat(heard).isEqualTo("2");
        }
    }
}
