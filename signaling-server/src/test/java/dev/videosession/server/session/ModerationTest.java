package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModerationTest {
    private ServerFixture fixture;
    private TestClient moderator;
    private TestClient victim;
    private StreamInfo stream;
    private LinkId link;
    private String victimToken;

    @BeforeEach
    void moderatorWatchesVictim() {
        fixture = new ServerFixture();
        moderator = fixture.join(Role.MODERATOR);
        victimToken = fixture.token(Role.PUBLISHER);
        victim = fixture.open().connect(fixture.session, victimToken);
        stream = victim.publish("cam");
        victim.expect(SequencedEvent.StreamCreated.class);
        moderator.await(SequencedEvent.StreamCreated.class);
        moderator.send(new ClientMessage.Subscribe(moderator.nextId(), stream.streamId(), Subscription.EVERYTHING));
        link = moderator.expect(ServerMessage.Subscribed.class).linkId();
        victim.expect(ServerMessage.LinkOpened.class);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void removedClientIsDisconnectedAtOnceAndOtherClientsReceiveItsEnd() {
        TestClient bystander = fixture.join(Role.SUBSCRIBER);
        moderator.await(SequencedEvent.ConnectionCreated.class);
        victim.await(SequencedEvent.ConnectionCreated.class);
        moderator.send(new ClientMessage.ForceDisconnect(moderator.nextId(), victim.id(), "be nice", null));
        assertThat(victim.next())
                .isEqualTo(new ServerMessage.Disconnected(
                        DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, "be nice"));
        victim.expectClose(CloseCode.KICKED);
        moderator.expect(ServerMessage.Done.class);
        assertThat(moderator.next()).isEqualTo(new ServerMessage.LinkClosed(link));
        for (TestClient other : List.of(moderator, bystander)) {
            assertThat(other.expect(SequencedEvent.StreamDestroyed.class).reason())
                    .isEqualTo(StreamDestroyReason.FORCE_DISCONNECTED);
            var gone = other.expect(SequencedEvent.ConnectionDestroyed.class);
            assertThat(gone.reason()).isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
            assertThat(gone.detail()).isEqualTo(DisconnectDetail.KICKED);
        }
        fixture.open().connect(fixture.session, victimToken);
    }

    @Test
    void bannedTokenDoesNotComeBackWhileTheSessionLives() {
        moderator.send(new ClientMessage.ForceDisconnect(moderator.nextId(), victim.id(), null, true));
        assertThat(victim.await(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.BANNED);
        victim.expectClose(CloseCode.BANNED);
        moderator.send(new ClientMessage.Disconnect());
        moderator.expectClose(CloseCode.NORMAL);
        TestClient again = fixture.open();
        again.sendConnect(fixture.session, victimToken);
        again.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
        again.expectClose(CloseCode.REFUSED);
        fixture.join(Role.PUBLISHER);
    }

    @Test
    void endedStreamLeavesItsPublisherConnected() {
        moderator.send(new ClientMessage.ForceUnpublish(moderator.nextId(), stream.streamId()));
        moderator.expect(ServerMessage.Done.class);
        assertThat(moderator.next()).isEqualTo(new ServerMessage.LinkClosed(link));
        assertThat(victim.next()).isEqualTo(new ServerMessage.LinkClosed(link));
        assertThat(victim.expect(SequencedEvent.StreamDestroyed.class).reason())
                .isEqualTo(StreamDestroyReason.FORCE_UNPUBLISHED);
        victim.publish("again");
    }

    @Test
    void muteAllReachesPresentAndLaterStreams() {
        moderator.send(new ClientMessage.ForceMuteAll(moderator.nextId(), List.of()));
        var mute = victim.expect(SequencedEvent.MuteForced.class);
        assertThat(mute.streamIds()).containsExactly(stream.streamId());
        assertThat(mute.newStreams()).isTrue();
        assertThat(victim.expect(SequencedEvent.StreamChanged.class).change().hasAudio())
                .isFalse();
        assertThat(victim.publish("later").hasAudio()).isFalse();
        victim.expect(SequencedEvent.StreamCreated.class);
        TestClient late = fixture.join(Role.PUBLISHER);
        assertThat(late.connected().roster().forceMuted()).isTrue();
        moderator.send(new ClientMessage.DisableForceMute(moderator.nextId()));
        assertThat(late.expect(SequencedEvent.MuteForced.class).active()).isFalse();
        assertThat(late.publish("loud").hasAudio()).isTrue();
    }

    @Test
    void muteOfOneStreamNamesIt() {
        moderator.send(new ClientMessage.ForceMute(moderator.nextId(), stream.streamId()));
        assertThat(victim.expect(SequencedEvent.MuteForced.class).newStreams()).isFalse();
        victim.expect(SequencedEvent.StreamChanged.class);
    }

    @Test
    void publishersCannotModerate() {
        var id = moderator.id();
        victim.send(new ClientMessage.ForceDisconnect(60, id, null, null));
        victim.expectFailure(60, ErrorCode.FORCE_DISCONNECT_NOT_PERMITTED);
        victim.send(new ClientMessage.ForceUnpublish(61, stream.streamId()));
        victim.expectFailure(61, ErrorCode.FORCE_UNPUBLISH_NOT_PERMITTED);
        victim.send(new ClientMessage.ForceMute(62, stream.streamId()));
        victim.expectFailure(62, ErrorCode.FORCE_MUTE_NOT_PERMITTED);
        victim.send(new ClientMessage.ForceMuteAll(63, List.of()));
        victim.expectFailure(63, ErrorCode.FORCE_MUTE_NOT_PERMITTED);
        moderator.send(new ClientMessage.ForceDisconnect(64, id, null, null));
        moderator.expectFailure(64, ErrorCode.FORCE_DISCONNECT_SELF);
        victim.expectNothing();
    }
}
