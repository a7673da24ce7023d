package dev.videosession.server.internal.link.routed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.link.LinkContext;
import dev.videosession.server.internal.link.LinkParticipants;
import dev.videosession.server.internal.link.RemoteLinkEnds;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.router.FakeRouter;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.settings.ServerLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two servers share a routed session. One of them drives its router, and the other one does when the first is dead. */
class SharedRouterTest {
    private static final ConnectionId ROUTER = ServerMessage.LinkOpened.ROUTER;
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final StreamInfo CAMERA =
            new StreamInfo(new StreamId("s-1"), ADA, "Ada", 0, true, true, VideoType.CAMERA, new Dimensions(1280, 720));
    private static final LinkId BOBS = new LinkId("l-bob");

    /** Polls after which a router no longer waits for clients that do not move to another one. */
    private static final int BOUND = 44;

    private final Map<ConnectionId, Server> owners = new HashMap<>();
    private final Map<LinkId, Link> records = new HashMap<>();
    private final Server first = new Server("a");
    private final Server second = new Server("b");

    SharedRouterTest() {
        owners.put(ADA, first);
        owners.put(BOB, second);
    }

    /** A server whose clients are told things, with a router of its own. */
    private final class Server implements LinkParticipants, RouterLease {
        final FakeRouter router = new FakeRouter("router");
        final List<ServerMessage> told = new ArrayList<>();
        final LinkBroker broker;
        private final List<Runnable> later = new ArrayList<>();
        private int links;
        private int term;
        private boolean full;

        Server(String name) {
            ServerLimits limits = ServerLimits.builder().build();
            RouterPool pool = new RouterPool(List.of(router), limits);
            broker = new LinkBroker(
                    new LinkContext(
                            new SessionId("session"),
                            limits,
                            new ServerMetrics(new SimpleMeterRegistry()),
                            TimeSource.system()),
                    this,
                    RoutedTopology.through(new LinkRouting(
                            pool,
                            pool.shares().of("project"),
                            Runnable::run,
                            (task, nanos) -> later.add(task),
                            () -> new LinkId("l-" + name + ++links),
                            this)));
        }

        @Override
        public void tell(ConnectionId to, ServerMessage message) {
            Server owner = owners.get(to);
            if (owner == this) {
                told.add(message);
            } else if (owner != null) {
                owner.broker.remote().arrived(to, asLogged(message));
            }
        }

        /** The log sends a link as it is recorded. */
        private ServerMessage asLogged(ServerMessage message) {
            return message instanceof ServerMessage.LinkOpened opened
                    ? new ServerMessage.LinkOpened(
                            opened.linkId(), opened.streamId(), opened.subscriber(), opened.subscription())
                    : message;
        }

        @Override
        public void tellHere(ConnectionId to, ServerMessage message) {
            if (owners.get(to) == this) {
                told.add(message);
            }
        }

        @Override
        public @Nullable LinkAllowance allowance(ConnectionId id) {
            return owners.get(id) == this && !id.equals(ROUTER)
                    ? new LinkAllowance(ServerLimits.builder().build(), 0)
                    : null;
        }

        @Override
        public @Nullable String token(ConnectionId id) {
            return owners.get(id) == this ? "token of " + id : null;
        }

        @Override
        public boolean understands(ConnectionId id, Feature feature) {
            return true;
        }

        @Override
        public void subscriptionsChanged(ConnectionId subscriber, boolean subscribing) {}

        @Override
        public boolean isHeld() {
            return owners.get(ROUTER) == this;
        }

        @Override
        public boolean isFullElsewhere() {
            Server owner = owners.get(ROUTER);
            return owner != null && owner != this && owner.full;
        }

        @Override
        public int term() {
            return term;
        }

        @Override
        public void require() {
            if (!owners.containsKey(ROUTER)) {
                drive(1);
            }
        }

        void drive(int newTerm) {
            gain(newTerm);
            drive(false);
        }

        /** It has the lease, and does not know the links of the session yet. */
        void gain(int newTerm) {
            owners.put(ROUTER, this);
            term = newTerm;
        }

        boolean drive(boolean drops) {
            try (RouterDriver.Reading reading = broker.router().read()) {
                return reading.drive(List.copyOf(records.values()), List.of(CAMERA), drops);
            }
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public void released() {
            owners.remove(ROUTER, this);
        }

        @Override
        public void record(@Nullable Link closed, Link opened, Runnable then) {
            if (closed != null) {
                records.remove(closed.linkId());
            }
            records.put(opened.linkId(), opened);
            then.run();
        }

        /** The time comes, a number of times, for what is to be done later. */
        void runLater(int times) {
            for (int i = 0; i < times; i++) {
                List<Runnable> due = List.copyOf(later);
                later.clear();
                due.forEach(Runnable::run);
            }
        }

        <T> T lastReceived(Class<T> type) {
            return told.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
        }
    }

    private void publishAndSubscribe() {
        first.broker.streamChanged(CAMERA);
        second.broker.streamChanged(CAMERA);
        LinkId link = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        first.broker.relay(
                ADA, new LinkMessage.Description(link, 1, DescriptionKind.OFFER, SampleSdp.offer()), (gone, end) -> {});
        Link subscribed = new Link(BOBS, CAMERA.streamId(), ADA, BOB, Subscription.EVERYTHING);
        records.put(BOBS, subscribed);
        second.broker.open(subscribed);
        logSends(new ServerMessage.LinkOpened(BOBS, CAMERA.streamId(), BOB, Subscription.EVERYTHING));
    }

    /** The log sends the server that drives the router what another server has written about a link. */
    private void logSends(ServerMessage message) {
        Server driver = owners.get(ROUTER);
        if (driver != null && driver != second) {
            driver.broker.remote().arrived(ROUTER, message);
        }
    }

    private LinkMessage.Description offerOf(Server driver, long session) {
        String offer = SampleSdp.offer().replace("o=- 1 ", "o=- " + session + " ");
        driver.router.lastRoom().subscriptions.get(0).listener.onOffer(1, offer);
        return second.lastReceived(LinkMessage.Description.class);
    }

    @Test
    void subscriberOfTheOtherServerNegotiatesWithTheRouter() {
        publishAndSubscribe();
        assertThat(second.router.asked).as("the router of the other server").isEmpty();
        assertThat(first.router.asked).contains("publish s-1", "subscribe s-1 av22");
        LinkMessage.Description offer = offerOf(first, 1);
        second.broker.relay(
                BOB,
                new LinkMessage.Description(BOBS, offer.negotiation(), DescriptionKind.ANSWER, SampleSdp.answer()),
                (gone, end) -> {});
        assertThat(first.router.asked).contains("answer 1 of s-1");
        Subscription audio = new Subscription(true, false, null, null);
        second.broker.update(second.broker.subscription(BOBS, BOB).orElseThrow(), audio);
        logSends(new ServerMessage.LinkUpdated(BOBS, audio));
        assertThat(first.router.asked).contains("select s-1 a-22");
        second.broker.unsubscribe(second.broker.subscription(BOBS, BOB).orElseThrow());
        logSends(new ServerMessage.LinkClosed(BOBS));
        assertThat(first.router.asked).contains("close subscription s-1");
    }

    @Test
    void publisherOfTheOtherServerMayOfferSeveralEncodings() {
        second.drive(1);
        assertThat(first.lastReceived(ServerMessage.LinkOpened.class).encodings())
                .isEqualTo(3);
    }

    @Test
    void otherServerRebuildsTheEndsUnderTheOldLinks() {
        publishAndSubscribe();
        LinkMessage.Description before = offerOf(first, 1);
        LinkId publishers = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        owners.remove(ROUTER); // the first server is dead, and its client is at the second one
        owners.put(ADA, second);
        try (RemoteLinkEnds.Reading reading = second.broker.remote().read(ADA)) {
            reading.takeOver(records.values());
        }
        second.drive(2);
        second.runLater(BOUND);
        assertThat(second.lastReceived(ServerMessage.LinkClosed.class).linkId()).isEqualTo(publishers);
        ServerMessage.LinkOpened opened = second.lastReceived(ServerMessage.LinkOpened.class);
        assertThat(opened.linkId()).isNotEqualTo(publishers);
        assertThat(opened.encodings()).isEqualTo(3);
        assertThat(second.router.asked).contains("subscribe s-1 av22");
        LinkMessage.Description after = offerOf(second, 2);
        assertThat(after.linkId()).isEqualTo(BOBS);
        assertThat(after.negotiation()).as("newer than what the client knows").isGreaterThan(before.negotiation());
        assertThat(records.values()).extracting(Link::linkId).containsExactlyInAnyOrder(BOBS, opened.linkId());
    }

    /** Bob has left one server, which got the offer, and resumes at another one. */
    @Test
    void subscriberThatMovesGetsAnOfferThatItHasNotAnsweredOnceMore() {
        publishAndSubscribe();
        offerOf(first, 1);
        second.broker.reopen(BOB);
        assertThat(first.router.asked).contains("restart s-1");
    }

    @Test
    void subscriberThatMovesIsNotOfferedAnewWhatItHasAnswered() {
        publishAndSubscribe();
        LinkMessage.Description offer = offerOf(first, 1);
        second.broker.relay(
                BOB,
                new LinkMessage.Description(BOBS, offer.negotiation(), DescriptionKind.ANSWER, SampleSdp.answer()),
                (gone, end) -> {});
        second.broker.reopen(BOB);
        assertThat(first.router.asked).doesNotContain("restart s-1");
    }

    /** The server before may be about to stop: media would end with its router. */
    @Test
    void publisherThatResumesBeforeTheLinksAreReadGetsANewOne() {
        publishAndSubscribe();
        LinkId before = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        first.broker.router().passOn();
        second.gain(2);
        owners.put(ADA, second);
        try (RemoteLinkEnds.Reading reading = second.broker.remote().read(ADA)) {
            reading.takeOver(records.values());
        }
        second.broker.reopen(ADA);
        assertThat(second.lastReceived(ServerMessage.LinkOpened.class).linkId()).isEqualTo(before);
        second.drive(false);
        assertThat(second.lastReceived(ServerMessage.LinkOpened.class).linkId()).isNotEqualTo(before);
    }

    @Test
    void streamThatChangesBeforeTheLinksAreReadGetsNoSecondLink() {
        publishAndSubscribe();
        first.broker.router().passOn();
        second.gain(2);
        second.broker.streamChanged(CAMERA);
        second.drive(false);
        assertThat(records.values())
                .filteredOn(link -> link.subscriber().equals(ROUTER))
                .hasSize(1);
        assertThat(second.broker.linksOf(ROUTER))
                .as("from Ada to both routers, and to Bob")
                .hasSize(3);
    }

    @Test
    void serverThatMissedAMessageFollowsWhatTheLogSays() {
        publishAndSubscribe();
        Subscription audio = new Subscription(true, false, null, null);
        records.put(BOBS, new Link(BOBS, CAMERA.streamId(), ADA, BOB, audio));
        assertThat(first.drive(false)).isFalse();
        assertThat(first.router.asked).contains("select s-1 a-22");
    }

    @Test
    void serverThatMissedAMessageClosesWhatTheLogLacksUnlessItIsWrittenAgain() {
        publishAndSubscribe();
        records.remove(BOBS);
        assertThat(first.drive(false)).isTrue();
        assertThat(first.router.asked).doesNotContain("close subscription s-1");
        assertThat(first.drive(true)).isFalse();
        assertThat(first.router.asked).contains("close subscription s-1");
    }

    @Test
    void messageThatArrivesWhileTheLinksAreReadIsNewerThanTheseLinks() {
        publishAndSubscribe();
        List<Link> read = List.copyOf(records.values());
        try (RouterDriver.Reading reading = first.broker.router().read()) {
            logSends(new ServerMessage.LinkClosed(BOBS));
            reading.drive(read, List.of(CAMERA), true);
        }
        assertThat(first.broker.linksOf(BOB)).isEmpty();
    }

    /** The message that closes it went to a server that the publisher had left. */
    @Test
    void linkThatAnotherOneHasReplacedInTheLogIsClosed() {
        publishAndSubscribe();
        LinkId before = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        owners.put(ADA, second);
        try (RemoteLinkEnds.Reading reading = second.broker.remote().read(ADA)) {
            reading.takeOver(records.values());
        }
        Link after = new Link(new LinkId("l-after"), CAMERA.streamId(), ADA, ROUTER, Subscription.EVERYTHING);
        records.remove(before);
        records.put(after.linkId(), after);
        try (RemoteLinkEnds.Reading reading = second.broker.remote().read(ADA)) {
            reading.confirm(records.values());
        }
        assertThat(second.lastReceived(ServerMessage.LinkOpened.class).linkId()).isEqualTo(after.linkId());
        second.runLater(BOUND);
        assertThat(second.lastReceived(ServerMessage.LinkClosed.class).linkId()).isEqualTo(before);
        assertThat(second.broker.linksOf(ADA)).containsExactly(after.linkId());
    }

    /** Another server has driven the router since, and this one has missed that. */
    @Test
    void linkThatAnotherServerHasReplacedIsNotTakenOverButClosed() {
        publishAndSubscribe();
        LinkId before = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        owners.put(ADA, second);
        try (RemoteLinkEnds.Reading reading = second.broker.remote().read(ADA)) {
            reading.takeOver(records.values());
        }
        Link since = new Link(new LinkId("l-since"), CAMERA.streamId(), ADA, ROUTER, Subscription.EVERYTHING);
        records.remove(before);
        records.put(since.linkId(), since);
        first.broker.router().release();
        second.drive(3);
        second.runLater(BOUND);
        LinkId now = second.lastReceived(ServerMessage.LinkOpened.class).linkId();
        assertThat(now).isNotIn(before, since.linkId());
        assertThat(second.broker.linksOf(ADA)).containsExactly(now);
        assertThat(records.keySet()).containsExactlyInAnyOrder(BOBS, now);
    }

    /** The server that it has left answered its request, which the one that takes it over reads only afterwards. */
    @Test
    void subscriptionThatIsFoundAfterTheTakeOverIsOfferedOnceMore() {
        publishAndSubscribe();
        offerOf(first, 1);
        second.broker.remote().connectionReleased(BOB);
        try (RemoteLinkEnds.Reading reading = second.broker.remote().read(BOB)) {
            reading.takeOver(List.of());
        }
        second.broker.reopen(BOB);
        assertThat(first.router.asked).doesNotContain("restart s-1");
        try (RemoteLinkEnds.Reading reading = second.broker.remote().read(BOB)) {
            reading.confirm(records.values());
        }
        assertThat(first.router.asked).contains("restart s-1");
    }

    @Test
    void subscriberLearnsItsFallbackFromTheServerThatDrivesNow() {
        publishAndSubscribe();
        owners.put(ROUTER, second);
        first.broker.router().release();
        second.drive(2);
        second.told.clear();
        LinkMessage report = new LinkMessage.ReceptionReport(BOBS, 1_000, 100, 0, 100_000, 0, 0, 0, 30);
        second.broker.relay(BOB, report, (gone, end) -> {});
        assertThat(second.told)
                .as("the server before may have told it of another state")
                .contains(new LinkMessage.Fallback(BOBS, FallbackState.VIDEO));
    }

    @Test
    void serverThatLostTheLeaseClosesItsRoomAndKeepsItsClientsLinks() {
        publishAndSubscribe();
        LinkId publishers = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        owners.put(ROUTER, second);
        first.broker.router().release();
        assertThat(first.router.asked).endsWith("close room");
        assertThat(first.broker.linksOf(ADA)).containsExactly(publishers);
        assertThat(first.broker.linksOf(BOB)).isEmpty();
        second.drive(2);
        LinkId opened = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        second.runLater(BOUND);
        first.runLater(BOUND);
        assertThat(first.broker.linksOf(ADA)).containsExactly(opened).doesNotContain(publishers);
    }

    @Test
    void serverRefusesWhatTheFullRouterOfAnotherOneCannotCarry() {
        publishAndSubscribe();
        ConnectionId cyd = new ConnectionId("cyd");
        owners.put(cyd, second);
        assertThat(second.broker.refusal(cyd, CAMERA.streamId())).isEmpty();
        first.full = true;
        assertThat(second.broker.refusal(cyd, CAMERA.streamId()).orElseThrow().code())
                .isEqualTo(ErrorCode.STREAM_LIMIT_EXCEEDED);
        assertThat(second.broker.publishRefusal(cyd)).isPresent();
    }

    /** Ada publishes, and Bob subscribes, at the router of the second server; returns Ada's new link. */
    private LinkId moveAdaToTheOtherRouter() {
        owners.put(ROUTER, second);
        first.broker.router().passOn();
        second.drive(2);
        LinkId link = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        first.broker.relay(
                ADA, new LinkMessage.Description(link, 1, DescriptionKind.OFFER, SampleSdp.offer()), (gone, end) -> {});
        second.router.lastRoom().publications.get(0).listener.onConnected();
        return link;
    }

    /** Videos go on: the earlier router forwards until all subscribers are connected to the next one. */
    @Test
    void publisherSendsToBothRoutersUntilTheSubscribersHaveMoved() {
        publishAndSubscribe();
        LinkId before = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        assertThat(moveAdaToTheOtherRouter()).isNotEqualTo(before);
        second.drive(2); // messages were lost: nothing is replaced once more
        assertThat(first.broker.linksOf(ADA)).hasSize(2);
        second.runLater(20);
        assertThat(first.told).as("Bob has not moved").noneMatch(ServerMessage.LinkClosed.class::isInstance);
        second.router.lastRoom().subscriptions.get(0).listener.onConnected();
        second.runLater(11);
        assertThat(first.told).as("Bob may have no frame yet").noneMatch(ServerMessage.LinkClosed.class::isInstance);
        second.runLater(1);
        assertThat(first.lastReceived(ServerMessage.LinkClosed.class).linkId()).isEqualTo(before);
    }

    @Test
    void serverThatPassesTheRouterOnForwardsUntilItsClientsHaveMoved() {
        publishAndSubscribe();
        LinkId before = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        FakeRouter.Room room = first.router.lastRoom();
        room.publications.get(0).listener.onConnected();
        room.subscriptions.get(0).listener.onConnected();
        LinkId after = moveAdaToTheOtherRouter();
        first.runLater(20);
        assertThat(first.router.asked).doesNotContain("close room");
        assertThat(first.told).as("Bob has not moved").noneMatch(ServerMessage.LinkClosed.class::isInstance);
        assertThat(first.broker.router().isPassingOn()).isTrue();
        room.subscriptions.get(0).listener.onEnded("hangup");
        first.runLater(1);
        assertThat(first.lastReceived(ServerMessage.LinkClosed.class).linkId()).isEqualTo(before);
        assertThat(first.broker.linksOf(ADA)).containsExactly(after);
        assertThat(second.broker.linksOf(ADA)).containsExactly(after);
        assertThat(first.broker.router().isPassingOn()).as("Ada's end is open").isTrue();
        room.publications.get(0).listener.onEnded("hangup");
        first.runLater(1);
        assertThat(first.router.asked).endsWith("close room");
        assertThat(first.broker.router().isPassingOn()).isFalse();
    }

    /** Media stops at once, whatever the ends do. */
    @Test
    void serverThatPassesTheRouterOnClosesWhatEnds() {
        publishAndSubscribe();
        moveAdaToTheOtherRouter();
        first.broker.connectionEnded(BOB);
        assertThat(first.router.asked).contains("close subscription s-1").doesNotContain("close publication s-1");
        first.broker.streamEnded(CAMERA.streamId());
        assertThat(first.router.asked).contains("close publication s-1");
    }

    @Test
    void publisherThatIsRemovedStopsAtBothRouters() {
        publishAndSubscribe();
        moveAdaToTheOtherRouter();
        first.broker.connectionEnded(ADA);
        second.broker.connectionEnded(ADA);
        assertThat(first.router.asked).contains("close publication s-1");
        assertThat(second.router.asked).contains("close publication s-1");
    }

    /** Its media would take the place of what it sends by the new link. */
    @Test
    void publisherThatResumesIsNotAskedToUseAReplacedLink() {
        publishAndSubscribe();
        LinkId before = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        LinkId after = moveAdaToTheOtherRouter();
        owners.put(ADA, second);
        try (RemoteLinkEnds.Reading reading = second.broker.remote().read(ADA)) {
            reading.takeOver(records.values());
            assertThat(reading.unwritten()).isEmpty();
        }
        assertThat(second.broker.linksOf(ADA)).as("it may still send by both").containsExactly(before, after);
        second.told.clear();
        second.broker.reopen(ADA);
        assertThat(second.told)
                .filteredOn(ServerMessage.LinkOpened.class::isInstance)
                .extracting(told -> ((ServerMessage.LinkOpened) told).linkId())
                .containsExactly(after);
        assertThat(second.router.asked).containsOnlyOnce("publish s-1");
    }

    @Test
    void serverThatPassesTheRouterOnDoesNotWaitForClientsThatDoNotMove() {
        publishAndSubscribe();
        LinkId before = first.lastReceived(ServerMessage.LinkOpened.class).linkId();
        moveAdaToTheOtherRouter();
        second.runLater(40);
        assertThat(first.lastReceived(ServerMessage.LinkClosed.class).linkId()).isEqualTo(before);
        first.runLater(BOUND - 1);
        assertThat(first.broker.router().isPassingOn()).isTrue();
        first.runLater(1);
        assertThat(first.router.asked).endsWith("close room");
        assertThat(first.broker.router().isPassingOn()).isFalse();
    }
}
