package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.fixture.SampleSdp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A request that logs no event is carried out, and its node learns that only later, because it has lost Redis. Another node, which has
 * not, appends meanwhile.
 */
@Timeout(60)
class UncertainRequestTest {
    private static final int UNTIL_LEASE_HAS_ENDED = 15_000;
    private static final int UNTIL_LINKS_ARE_COMPARED = 10_000;

    private SharedNodes.Node first;
    private SharedNodes.Node second;
    private SharedNodes.Client ada;
    private SharedNodes.Client bob;
    private StreamInfo camera;

    private void start(SharedNodes nodes) {
        first = nodes.new Node();
        second = nodes.new Node();
        bob = first.join("bob");
        ada = second.join("ada");
        camera = ada.publish();
    }

    /** Sends a request of which the node does not learn at first that it was carried out. */
    private void sendUncertain(SharedNodes nodes, ClientMessage.Request request) {
        bob.sendUncertain(request);
        ada.signal("meanwhile");
        first.link.cut(false);
        nodes.pass(1000);
        if (bob.closeCode() != null) {
            bob = first.resume(bob);
            bob.send(request);
        }
    }

    @ParameterizedTest(name = "leased = {0}")
    @ValueSource(booleans = {true, false})
    void subscriptionIsOpenAtBothNodes(boolean leased) {
        try (SharedNodes nodes = new SharedNodes(true, leased)) {
            start(nodes);
            sendUncertain(
                    nodes, new ClientMessage.Subscribe(bob.nextRequest(), camera.streamId(), Subscription.EVERYTHING));
            LinkId link = bob.only(ServerMessage.Subscribed.class).linkId();
            nodes.pass(UNTIL_LINKS_ARE_COMPARED);
            assertThat(ada.all(ServerMessage.LinkClosed.class)).isEmpty();
            ada.send(SampleSdp.offer(link, 1));
            assertThat(bob.last(LinkMessage.Description.class).linkId()).isEqualTo(link);
        }
    }

    @ParameterizedTest(name = "leased = {0}")
    @ValueSource(booleans = {true, false})
    void subscriptionStaysAsItsClientHasChangedIt(boolean leased) {
        try (SharedNodes nodes = new SharedNodes(true, leased)) {
            start(nodes);
            LinkId link = bob.subscribe(camera).linkId();
            Subscription audio = new Subscription(true, false, null, null);
            sendUncertain(nodes, new ClientMessage.UpdateSubscription(bob.nextRequest(), link, audio));
            bob.only(ServerMessage.Done.class);
            nodes.pass(UNTIL_LINKS_ARE_COMPARED);
            ada = second.resume(ada);
            assertThat(ada.last(ServerMessage.LinkOpened.class).subscription()).isEqualTo(audio);
        }
    }

    @Test
    void stepOfANodeIsKeptUntilItsLeaseHasEnded() {
        try (SharedNodes nodes = new SharedNodes(true, true)) {
            start(nodes);
            first.link.cut(true);
            ada.signal("meanwhile");
            assertThat(first.hasStep()).isTrue();
            nodes.pass(UNTIL_LEASE_HAS_ENDED);
            ada.signal("later");
            assertThat(first.hasStep()).isFalse();
        }
    }
}
