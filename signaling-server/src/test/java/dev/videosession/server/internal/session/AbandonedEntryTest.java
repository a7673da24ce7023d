package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients whose socket is closed before their {@code connect} or {@code resume} is carried out. */
@Timeout(60)
class AbandonedEntryTest {
    private final SharedNodes nodes = new SharedNodes(true, true);
    private final SharedNodes.Node first = nodes.new Node();
    private final SharedNodes.Node second = nodes.new Node();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void resumeOfWaitingClientTakesOver() {
        SharedNodes.Client ada = lost();
        second.resume(ada);
        assertThat(second.owns(ada)).isTrue();
    }

    @Test
    void abandonedResumeTakesNothingOver() {
        SharedNodes.Client ada = lost();
        second.resuming(ada).close();
        nodes.settle();
        assertThat(first.owns(ada)).isTrue();
        assertThat(second.connections()).isEqualTo(1);
        SharedNodes.Client back = first.resume(ada);
        assertThat(back.only(ServerMessage.Resumed.class).roster()).isNull();
    }

    @Test
    void clientThatLeavesWhileItResumesIsGoneAtOnce() {
        SharedNodes.Client ben = first.join("ben");
        SharedNodes.Client ada = lost();
        second.resuming(ada).leave();
        nodes.settle();
        assertThat(ben.only(SequencedEvent.ConnectionDestroyed.class).reason())
                .isEqualTo(DisconnectReason.CLIENT_DISCONNECTED);
        assertThat(first.owns(ada) || second.owns(ada)).isFalse();
    }

    /** {@return a client of the first node that has lost its socket, while the second node has clients, too} */
    private SharedNodes.Client lost() {
        SharedNodes.Client ada = first.join("ada");
        second.join("cy");
        ada.loseSocket();
        nodes.settle();
        return ada;
    }

    @Test
    void abandonedJoinIsNotAnnounced() {
        SharedNodes.Client ben = first.join("ben");
        SharedNodes.Client ada = second.entering("ada");
        ada.close();
        nodes.settle();
        assertNeverJoined(ada, ben);
        assertThat(second.connections()).isZero();
        nodes.pass(2 * SessionFixture.RESUME_WINDOW_MILLIS);
        assertThat(ben.all(SequencedEvent.ConnectionDestroyed.class)).isEmpty();
        second.join("cy");
        assertThat(ben.only(SequencedEvent.ConnectionCreated.class)
                        .connection()
                        .connectionId()
                        .value())
                .isEqualTo("cy");
    }

    @Test
    void clientThatLeavesWhileItJoinsIsNotAnnounced() {
        SharedNodes.Client ben = first.join("ben");
        SharedNodes.Client ada = second.entering("ada");
        ada.leave();
        nodes.settle();
        assertNeverJoined(ada, ben);
    }

    /** The project would have one place less for ever. */
    @Test
    void joinThatIsAbandonedAfterAConflictIsNotCounted() {
        SharedNodes.Client ben = first.join("ben");
        second.join("cy");
        second.link.stall(500);
        SharedNodes.Client ada = second.entering("ada");
        nodes.settle();
        assertThat(second.connections()).as("cy and, for now, ada").isEqualTo(2);
        first.join("dan");
        ada.close();
        nodes.pass(500);
        assertThat(ben.all(SequencedEvent.ConnectionCreated.class))
                .as("cy and dan")
                .hasSize(2);
        assertThat(first.owns(ada) || second.owns(ada)).isFalse();
        assertThat(second.connections()).isEqualTo(1);
    }

    private void assertNeverJoined(SharedNodes.Client client, SharedNodes.Client viewer) {
        assertThat(viewer.all(SequencedEvent.ConnectionCreated.class)).isEmpty();
        assertThat(first.owns(client) || second.owns(client)).isFalse();
    }
}
