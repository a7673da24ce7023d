package dev.videosession.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.message.Timings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
    private static final SessionId SESSION = new SessionId("2_MX4x");
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final StreamId STREAM = new StreamId("s-1");
    private static final LinkId LINK = new LinkId("l-1");
    private static final Dimensions VGA = new Dimensions(640, 480);
    private static final ConnectionInfo CONNECTION =
            new ConnectionInfo(ADA, 12, "Ada \"x\" \u00e9", Role.PUBLISHER_ONLY);
    private static final StreamInfo INFO = new StreamInfo(STREAM, ADA, "cam", 13, true, false, VideoType.CAMERA, VGA);
    private static final StreamChange MUTED = new StreamChange(false, null, null, null);

    private static final LinkMessage.Candidates BATCH = new LinkMessage.Candidates(
            LINK,
            1,
            List.of(
                    new LinkMessage.Candidates.Entry("candidate:1", "0", 0),
                    new LinkMessage.Candidates.Entry("", null, 1)));

    private final MessageCodec codec = new MessageCodec();

    static Stream<ClientMessage> clientMessages() {
        return Stream.of(
                new ClientMessage.Connect(1, 1, SESSION, "T1==abc", "test/1", true),
                new ClientMessage.Connect(1, 1, SESSION, "T1==abc", null, null),
                new ClientMessage.Connect(1, 1, SESSION, "T1==abc", null, null, List.of("candidates", "newer")),
                new ClientMessage.Resume(2, 1, SESSION, ADA, "key", 44),
                new ClientMessage.Publish(3, "cam", true, true, VideoType.SCREEN, VGA),
                new ClientMessage.Publish(3, "", true, false, null, null),
                new ClientMessage.UpdateStream(4, STREAM, MUTED),
                new ClientMessage.Unpublish(5, STREAM, StreamDestroyReason.MEDIA_STOPPED),
                new ClientMessage.Subscribe(6, STREAM, Subscription.EVERYTHING),
                new ClientMessage.UpdateSubscription(7, LINK, new Subscription(true, false, VGA, 15)),
                new ClientMessage.Unsubscribe(8, LINK),
                new ClientMessage.Signal(9, "chat", "hello", ADA),
                new ClientMessage.Signal(9, null, null, null),
                new ClientMessage.ForceDisconnect(10, ADA, "bye", true),
                new ClientMessage.ForceUnpublish(11, STREAM),
                new ClientMessage.ForceMute(12, STREAM),
                new ClientMessage.ForceMuteAll(13, List.of(STREAM)),
                new ClientMessage.DisableForceMute(14),
                new ClientMessage.Disconnect(),
                new LinkMessage.Description(LINK, 1, DescriptionKind.OFFER, "v=0\r\n"),
                new LinkMessage.Candidate(LINK, 1, "candidate:1", "0", 0),
                BATCH,
                new LinkMessage.Restart(LINK),
                new LinkMessage.ReceptionReport(LINK, 1000, 240, 3, 250_000, 60, 0, 480, 29),
                new LinkMessage.ReceptionReport(LINK, 1000, 240, 3, 250_000, 60, 0, 480, null),
                new LinkMessage.Fallback(LINK, FallbackState.WARNED),
                new Heartbeat());
    }

    private static final List<String> NODES = List.of("https://a.example.org", "https://b.example.org:8443/v");

    static Stream<ServerMessage> serverMessages() {
        Roster roster = new Roster(7, List.of(CONNECTION), List.of(INFO), true);
        List<IceServer> ice = List.of(new IceServer(List.of("turn:h:1"), "u", "p"));
        return Stream.of(
                new ServerMessage.Connected(
                        1L,
                        CONNECTION,
                        Role.MODERATOR.capabilities(),
                        "key",
                        roster,
                        ice,
                        new Timings(3000, 8000, 12000),
                        Feature.ALL),
                new ServerMessage.Connected(
                        1L,
                        CONNECTION,
                        Role.MODERATOR.capabilities(),
                        "key",
                        roster,
                        ice,
                        new Timings(3000, 8000, 12000),
                        Feature.ALL,
                        NODES),
                new ServerMessage.Resumed(2L, "key", 7, null, ice, List.of(), NODES),
                new ServerMessage.NodesChanged(NODES),
                new ServerMessage.NodesChanged(List.of()),
                new ServerMessage.Draining(0, NODES),
                new ServerMessage.Resumed(2L, "key", 7, roster, ice, List.of(LINK)),
                new ServerMessage.Resumed(2L, "key", 7, null, ice, List.of()),
                new ServerMessage.Done(3L),
                new ServerMessage.Published(4L, INFO),
                new ServerMessage.Subscribed(5L, LINK),
                ServerMessage.Failed.of(6L, ErrorCode.SIGNAL_NOT_FOUND, "no such connection"),
                ServerMessage.Failed.of(null, ErrorCode.BADLY_FORMED, "malformed"),
                ServerMessage.Failed.ofLink(LINK, ErrorCode.OFFER_REFUSED, "no section"),
                ServerMessage.Failed.of(7L, ErrorCode.CONNECT_FAILED, "busy", 1500),
                new SequencedEvent.ConnectionCreated(1, CONNECTION),
                new SequencedEvent.ConnectionDestroyed(
                        2, ADA, DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED),
                new SequencedEvent.ConnectionReconnecting(3, ADA),
                new SequencedEvent.ConnectionReconnected(4, ADA),
                new SequencedEvent.StreamCreated(5, INFO),
                new SequencedEvent.StreamChanged(6, STREAM, MUTED),
                new SequencedEvent.StreamDestroyed(7, STREAM, ADA, StreamDestroyReason.FORCE_UNPUBLISHED),
                new SequencedEvent.Signal(8, null, "chat", "hello"),
                new SequencedEvent.MuteForced(9, true, true, List.of(STREAM)),
                new ServerMessage.DirectSignal(ADA, null, "psst"),
                new ServerMessage.DirectSignal(ADA, "chat", "psst"),
                new ServerMessage.LinkOpened(LINK, STREAM, ADA, Subscription.EVERYTHING),
                new ServerMessage.LinkUpdated(LINK, Subscription.EVERYTHING),
                new ServerMessage.LinkUpdated(LINK, Subscription.EVERYTHING, List.of(0, 2)),
                new ServerMessage.LinkClosed(LINK),
                new LinkMessage.Description(LINK, 2, DescriptionKind.ANSWER, "v=0\r\n"),
                new LinkMessage.Candidate(LINK, 2, "", null, 1),
                BATCH,
                new ServerMessage.LinkClosed(LINK, LinkCloseReason.RATE_LIMIT),
                new LinkMessage.Restart(LINK),
                new ServerMessage.IceServersRenewed(ice),
                new LinkMessage.Probe(LINK, 11, 12, "...."),
                new LinkMessage.Fallback(LINK, FallbackState.WARNED),
                new ServerMessage.Draining(500),
                new ServerMessage.Disconnected(
                        DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.BANNED, "please leave"),
                new Heartbeat());
    }

    @ParameterizedTest
    @MethodSource("clientMessages")
    void clientMessageSurvivesTheWire(ClientMessage message) throws MessageException {
        assertThat(codec.decodeClient(codec.encodeClient(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("serverMessages")
    void serverMessageSurvivesTheWire(ServerMessage message) throws MessageException {
        assertThat(codec.decodeServer(codec.encodeServer(message))).isEqualTo(message);
    }

    @Test
    void everyMessageTypeIsCovered() {
        assertThat(clientMessages().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(List.copyOf(MessageTypes.CLIENT.values()));
        assertThat(serverMessages().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(List.copyOf(MessageTypes.SERVER.values()));
    }

    @Test
    void unknownFieldsAreIgnored() throws MessageException {
        assertThat(codec.decodeClient("{\"type\":\"disableForceMute\",\"id\":3,\"future\":{\"a\":[1]}}"))
                .isEqualTo(new ClientMessage.DisableForceMute(3));
    }

    @Test
    void unknownDetailOfANewerServerIsOther() throws MessageException {
        ServerMessage message = codec.decodeServer(
                "{\"type\":\"disconnected\",\"reason\":\"forceDisconnected\",\"detail\":\"eclipse\"}");
        assertThat(message)
                .isEqualTo(new ServerMessage.Disconnected(
                        DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.OTHER, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|BADLY_FORMED|",
                "nonsense|BADLY_FORMED|",
                "[]|BADLY_FORMED|",
                "null|BADLY_FORMED|",
                "{}|BADLY_FORMED|",
                "{\"type\":\"heartbeat\"}{}|BADLY_FORMED|",
                "{\"type\":\"heartbeat\"|BADLY_FORMED|",
                "{\"type\":7}|BADLY_FORMED|",
                "{\"id\":4,\"type\":\"dance\"}|NOT_SUPPORTED|4",
                "{\"type\":\"connected\",\"id\":1}|NOT_SUPPORTED|1",
                "{\"type\":\"publish\",\"id\":5}|INVALID_PARAMETER|5",
                "{\"type\":\"publish\",\"id\":5,\"name\":7,\"hasAudio\":true,\"hasVideo\":true}|INVALID_PARAMETER|5",
                "{\"type\":\"publish\",\"id\":5,\"name\":\"a\",\"hasAudio\":1,\"hasVideo\":true}|INVALID_PARAMETER|5",
                "{\"type\":\"disableForceMute\",\"id\":0}|INVALID_PARAMETER|0",
                "{\"type\":\"disableForceMute\",\"id\":\"x\"}|INVALID_PARAMETER|",
                "{\"type\":\"disableForceMute\",\"id\":\"5\"}|INVALID_PARAMETER|",
                "{\"type\":\"disableForceMute\",\"id\":1e99}|BADLY_FORMED|",
                "{\"type\":\"forceMute\",\"id\":5,\"streamId\":\"a b\"}|INVALID_PARAMETER|5",
                "{\"type\":\"unpublish\",\"id\":5,\"streamId\":\"a\",\"reason\":\"forceUnpublished\"}|INVALID_PARAMETER|5",
                "{\"type\":\"description\",\"linkId\":\"l\",\"negotiation\":1,\"kind\":\"rollback\",\"sdp\":\"\"}|INVALID_PARAMETER|"
            })
    void badTextIsRefusedWithACode(String json, ErrorCode code, Long id) {
        MessageException e = catchThrowableOfType(MessageException.class, () -> codec.decodeClient(json));
        assertThat(e).as(json).isNotNull();
        assertThat(e.code()).as(json).isEqualTo(code);
        assertThat(e.id()).as(json).isEqualTo(id);
        assertThat(e.getMessage()).isNotBlank();
    }

    @Test
    void deepNestingIsRefused() {
        String json = "{\"type\":\"heartbeat\",\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        assertThatThrownBy(() -> codec.decodeClient(json)).isInstanceOf(MessageException.class);
    }

    @Test
    void tooLongFieldsAreRefused() {
        String name = "x".repeat(Limits.STREAM_NAME + 1);
        assertThatThrownBy(
                        () -> codec.decodeClient("{\"type\":\"publish\",\"id\":1,\"hasAudio\":true,\"hasVideo\":false,"
                                + "\"name\":\"" + name + "\"}"))
                .isInstanceOf(MessageException.class)
                .hasMessageContaining("name is longer than 1000 characters");
    }

    @Test
    void secretsNeverPrint() {
        assertThat(new ClientMessage.Connect(1, 1, SESSION, "s3cret", null, null).toString())
                .doesNotContain("s3cret");
        assertThat(new ClientMessage.Resume(1, 1, SESSION, ADA, "s3cret", 1).toString())
                .doesNotContain("s3cret");
        assertThat(new IceServer(List.of("turn:h"), "u", "s3cret").toString()).doesNotContain("s3cret");
        serverMessages().forEach(message -> assertThat(message.toString()).doesNotContain("key"));
    }

    @Test
    void preparedRosterIsWrittenLikeAnyOther() {
        ConnectionInfo bob = new ConnectionInfo(new ConnectionId("bob"), 20, "", Role.MODERATOR);
        ConnectionInfo eve = new ConnectionInfo(new ConnectionId("eve"), 21, "\u20ac", Role.SUBSCRIBER);
        StreamInfo silent = INFO.with(MUTED);
        EncodedRoster prepared = codec.newEncodedRoster();
        assertSame(prepared, new Roster(0, List.of(), List.of(), false));
        prepared.put(bob);
        prepared.put(CONNECTION);
        prepared.put(eve);
        prepared.put(INFO);
        assertSame(prepared, new Roster(4, List.of(bob, CONNECTION, eve), List.of(INFO), false));
        prepared.remove(bob.connectionId());
        prepared.put(silent);
        assertSame(prepared, new Roster(6, List.of(CONNECTION, eve), List.of(silent), true));
        prepared.remove(STREAM);
        assertSame(prepared, new Roster(7, List.of(CONNECTION, eve), List.of(), true));
    }

    private void assertSame(EncodedRoster prepared, Roster roster) {
        Roster frame = new Roster(roster.sequence(), List.of(), List.of(), roster.forceMuted());
        byte[] spliced = codec.encodeServer(
                        new ServerMessage.Resumed(2L, "k", 7, frame, List.of(), List.of()), prepared)
                .toBytes();
        assertThat(new String(spliced, StandardCharsets.UTF_8))
                .isEqualTo(codec.encodeServer(new ServerMessage.Resumed(2L, "k", 7, roster, List.of(), List.of())));
        byte[] without = codec.encodeServer(new ServerMessage.Resumed(2L, "k", 7, null, List.of(), List.of()), prepared)
                .toBytes();
        assertThat(new String(without, StandardCharsets.UTF_8)).doesNotContain("roster");
    }
}
