package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.fixture.SampleSdp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the connections and of the media router of a session when a failover of Redis loses what two nodes have written. */
@Timeout(60)
class SessionFailoverTest {
    private static final int UNTIL_REOPENED = 1500;
    private static final int UNTIL_CHANNELS_ARE_CHECKED = 10_000;
    private static final int MINUTE = 60_000;
    private static final int REPLACED = CloseCode.REPLACED.code();
    private static final int RESUMABLE = CloseCode.INTERNAL_ERROR.code();

    private final SharedNodes nodes = new SharedNodes(false, false);
    private final SharedNodes.Node first = nodes.new Node();
    private final SharedNodes.Node second = nodes.new Node();

    @AfterEach
    void close() {
        nodes.close();
    }

    private void failOver() {
        nodes.redis.failOver();
        nodes.pass(UNTIL_REOPENED);
    }

    private static long offers(SharedNodes.Node node) {
        return node.router.asked.stream()
                .filter(call -> call.startsWith("offer"))
                .count();
    }

    private static void offer(SharedNodes.Client publisher, int negotiation) {
        publisher.send(
                SampleSdp.offer(publisher.last(ServerMessage.LinkOpened.class).linkId(), negotiation));
    }

    /** {@return the number of the offer that the subscriber receives from the router of a node} */
    private int offerTo(SharedNodes.Client subscriber, SharedNodes.Node driver) {
        driver.router.lastRoom().subscriptions.get(0).listener.onOffer(1, SampleSdp.offer());
        nodes.settle();
        return subscriber.last(LinkMessage.Description.class).negotiation();
    }

    /** The node that drives the router has lost its copy of the session, and all clients have resumed at the other node. */
    @Test
    void nodeDrivesTheRouterAfterItHasReadTheSessionAnew() {
        SharedNodes.Client ada = first.join("ada");
        SharedNodes.Client bob = second.join("bob");
        StreamInfo camera = ada.publish();
        offer(ada, 1);
        bob.subscribe(camera);
        int negotiation = offerTo(bob, first);
        nodes.redis.replicate();
        ada.signal("lost");
        failOver();
        assertThat(ada.closeCode()).isEqualTo(RESUMABLE);
        ada = second.resume(ada);
        bob = second.resume(bob);
        nodes.settle();
        offer(ada, 2);
        assertThat(offers(first)).as("offers that reach the router").isEqualTo(2);
        assertThat(offerTo(bob, first))
                .as("number of the router's next offer to the subscriber")
                .isGreaterThan(negotiation);
        nodes.pass(MINUTE);
        assertThat(first.hasCopy())
                .as("the node that drives the router keeps its copy")
                .isTrue();
    }

    /** The failover has lost all streams, so that nothing is for the router when the node reads the session. */
    @Test
    void nodeDrivesTheRouterForStreamsThatBeginAfterItHasReadTheSessionAnew() {
        SharedNodes.Client ada = first.join("ada");
        ada.publish();
        SharedNodes.Client bob = second.join("bob");
        ada.unpublish();
        nodes.redis.replicate();
        ada.signal("lost");
        failOver();
        ada = second.resume(ada);
        bob.loseSocket();
        ada.publish();
        offer(ada, 1);
        assertThat(offers(first)).as("offers that reach the router").isEqualTo(1);
    }

    /** It drives nothing until then, and no client of its own needs its copy. */
    @Test
    void nodeKeepsItsCopyUntilItHasReadWhetherItDrivesTheRouter() {
        SharedNodes.Client ada = first.join("ada");
        ada.publish();
        second.join("bob");
        nodes.redis.replicate();
        ada.signal("lost");
        first.link.failScript("-- Reads what is kept of one connection");
        failOver();
        ada = second.resume(ada);
        nodes.pass(MINUTE);
        first.link.failScript("");
        nodes.pass(UNTIL_REOPENED);
        offer(ada, 2);
        assertThat(offers(first)).as("offers that reach the router").isEqualTo(1);
    }

    /** The client has resumed without having been lost, so that the log itself has lost nothing. */
    @Test
    void clientWhoseTakeOverIsLostMayComeBack() {
        SharedNodes.Client ada = first.join("ada");
        second.join("bob");
        nodes.redis.replicate();
        SharedNodes.Client again = second.resume(ada);
        assertThat(ada.closeCode()).isEqualTo(REPLACED);
        failOver();
        assertThat(again.closeCode()).isEqualTo(RESUMABLE);
    }

    @Test
    void clientWhoseTakeOverIsLostMayComeBackWhenItsRequestIsRefused() {
        SharedNodes.Client ada = first.join("ada");
        second.join("bob");
        nodes.redis.replicate();
        SharedNodes.Client again = second.resume(ada);
        second.link.failScript("-- Lists the connections");
        failOver();
        assertThat(again.closeCode()).isNull();
        again.signal("refused");
        assertThat(again.closeCode()).isEqualTo(RESUMABLE);
    }

    @Test
    void clientThatIsReallyElsewhereIsReplacedAlthoughTheNoticeOfThatIsLost() {
        SharedNodes.Client ada = first.join("ada");
        second.join("bob");
        first.link.silenceChannels();
        SharedNodes.Client again = second.resume(ada);
        assertThat(ada.closeCode()).isNull();
        nodes.pass(UNTIL_CHANNELS_ARE_CHECKED);
        assertThat(ada.closeCode()).isEqualTo(REPLACED);
        assertThat(again.closeCode()).isNull();
    }
}
