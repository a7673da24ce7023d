package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients whose socket is closed while they wait to be let in: they have gone, or try another node. */
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
    void clientThatWaitsIsTakenOver() {
        SharedNodes.Client ada = first.join("ada");
        first.join("ben");
        second.join("cy");
        ada.loseSocket();
        nodes.settle();
        second.resume(ada);
        assertThat(second.owns(ada)).isTrue();
    }

    @Test
    void clientThatHasGoneIsNotTakenOver() {
        SharedNodes.Client ada = first.join("ada");
        first.join("ben");
        second.join("cy");
        ada.loseSocket();
        nodes.settle();
        second.resumeAndVanish(ada);
        assertThat(first.owns(ada)).isTrue();
        assertThat(second.connections()).isEqualTo(1);
        SharedNodes.Client back = first.resume(ada);
        assertThat(back.only(ServerMessage.Resumed.class).roster()).isNull();
    }

    @Test
    void clientThatHasGoneDoesNotJoin() {
        SharedNodes.Client ben = first.join("ben");
        SharedNodes.Client ada = second.joinAndVanish("ada");
        assertThat(ben.all(SequencedEvent.ConnectionCreated.class)).isEmpty();
        assertThat(first.owns(ada) || second.owns(ada)).isFalse();
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
}
