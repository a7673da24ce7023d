package dev.videosession.server.internal.redis.log;

import static dev.videosession.server.internal.redis.log.VirtualServers.UNTIL_EVERYTHING_HAS_ARRIVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.state.Link;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The server of a publisher gets messages about one link from several servers: from one that has changed the link, and from one that
 * opens it once more. The last message says how the link is.
 */
@Timeout(60)
class LinkMessageOrderTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final Link LINK =
            new Link(new LinkId("l-1"), new StreamId("camera"), ADA, new ConnectionId("bob"), Subscription.EVERYTHING);
    private static final Link AUDIO_ONLY = LINK.with(new Subscription(true, false, null, null));
    private static final ServerMessage OPENED = opened(LINK);
    private static final ServerMessage CLOSED = new ServerMessage.LinkClosed(LINK.linkId());
    private static final ServerMessage UPDATED =
            new ServerMessage.LinkUpdated(LINK.linkId(), AUDIO_ONLY.subscription());

    private final VirtualServers servers = new VirtualServers();
    private final List<ServerMessage> arrived = new ArrayList<>();
    private VirtualServers.Server owner;
    private VirtualServers.Server earlier;
    private VirtualServers.Server later;

    private static ServerMessage opened(Link link) {
        return new ServerMessage.LinkOpened(link.linkId(), link.streamId(), link.subscriber(), link.subscription());
    }

    private VirtualServers.Server start() {
        return servers.new Server(ADA, (server, message) -> arrived.add(message));
    }

    @BeforeEach
    void openLink() {
        owner = start();
        earlier = start();
        later = start();
        owner.join();
        earlier.append(new SideRecord.PutLink(LINK), new SideRecord.LinkNotice(ADA, OPENED));
        servers.pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        assertThat(arrived).containsExactly(OPENED);
        arrived.clear();
    }

    private void close(VirtualServers.Server server) {
        server.append(new SideRecord.RemoveLink(LINK), new SideRecord.LinkNotice(ADA, CLOSED));
    }

    private List<ServerMessage> arrive() {
        servers.pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        return arrived;
    }

    @Test
    void linkThatIsOpenedAgainBeforeItIsClosedIsClosed() {
        earlier.log().send(ADA, OPENED);
        servers.pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        close(later);
        assertThat(arrive()).containsExactly(OPENED, CLOSED);
    }

    @Test
    void linkThatWasClosedIsNotOpenedAgain() {
        close(later);
        servers.pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        earlier.log().send(ADA, OPENED);
        assertThat(arrive()).containsExactly(CLOSED);
    }

    @Test
    void linkIsOpenedAgainWithItsPresentSubscription() {
        later.append(new SideRecord.PutLink(AUDIO_ONLY), new SideRecord.LinkNotice(ADA, UPDATED));
        servers.pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        earlier.log().send(ADA, OPENED);
        assertThat(arrive()).containsExactly(UPDATED, opened(AUDIO_ONLY));
    }

    /** Whatever the delays are. */
    @Test
    void closingIsTheLastMessageWhoeverSendsFirst() {
        for (int round = 0; round < 100; round++) {
            arrived.clear();
            earlier.append(new SideRecord.PutLink(LINK));
            servers.pass(UNTIL_EVERYTHING_HAS_ARRIVED);
            earlier.log().send(ADA, OPENED);
            servers.pass(round % 10);
            close(later);
            servers.pass(round / 10);
            earlier.log().send(ADA, OPENED);
            assertThat(arrive()).endsWith(CLOSED).containsOnlyOnce(CLOSED);
        }
    }

    /** The next owner reads the links when it has taken the connection over. */
    @Test
    void ownerThatHasLostTheConnectionDoesNotSendLinksOn() {
        for (int round = 0; round < UNTIL_EVERYTHING_HAS_ARRIVED; round++) {
            VirtualServers.Server from = round % 2 == 0 ? owner : later;
            VirtualServers.Server to = round % 2 == 0 ? later : owner;
            arrived.clear();
            earlier.append(new SideRecord.PutLink(LINK));
            servers.pass(UNTIL_EVERYTHING_HAS_ARRIVED);
            earlier.log().send(ADA, OPENED);
            servers.pass(round / 3);
            to.append(to.own(round + 1));
            close(from);
            assertThat(arrive()).isIn(List.of(), List.of(OPENED), List.of(CLOSED), List.of(OPENED, CLOSED));
        }
    }
}
