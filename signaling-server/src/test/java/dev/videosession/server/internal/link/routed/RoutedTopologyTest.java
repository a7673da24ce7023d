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
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.router.FakeRouter;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.settings.ServerLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The links of a routed session, with a router that records what it is asked for. */
class RoutedTopologyTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final StreamId STREAM = new StreamId("s-1");
    private static final LinkId BOBS = new LinkId("l-bob");

    private final FakeRouter router = new FakeRouter("fake");
    private final Queue<String> told = new ArrayDeque<>();
    private final List<ServerMessage> messages = new ArrayList<>();
    private long nanos;
    private int ids;
    private final RouterPool pool = new RouterPool(
            List.of(router), ServerLimits.builder().routerPercent(30, 50).build());
    private final LinkBroker broker = new LinkBroker(
            new LinkContext(
                    new SessionId("session"),
                    ServerLimits.builder().linksPerStream(1).build(),
                    new ServerMetrics(new SimpleMeterRegistry()),
                    TimeSource.of(() -> nanos, InstantSource.system())),
            new Connections(),
            RoutedTopology.through(new LinkRouting(
                    pool,
                    pool.shares().of("project"),
                    Runnable::run,
                    this::later,
                    () -> new LinkId("l-" + ++ids),
                    RouterLease.ALONE)));

    private final Deque<Timed> timers = new ArrayDeque<>();

    /** A task that waits for its time. */
    private record Timed(Runnable task, long millis) {}

    private void later(Runnable task, long delayNanos) {
        assertThat(delayNanos).isPositive();
        timers.add(new Timed(task, TimeUnit.NANOSECONDS.toMillis(delayNanos)));
    }

    private void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        List<Timed> due = List.copyOf(timers);
        timers.clear();
        due.forEach(each -> each.task().run());
    }

    private final class Connections implements LinkParticipants {
        @Override
        public void tell(ConnectionId to, ServerMessage message) {
            messages.add(message);
            told.add(to + " " + text(message));
        }

        @Override
        public @Nullable LinkAllowance allowance(ConnectionId id) {
            return null;
        }

        @Override
        public @Nullable String token(ConnectionId id) {
            return "token of " + id;
        }

        @Override
        public boolean understands(ConnectionId id, Feature feature) {
            return true;
        }

        @Override
        public void subscriptionsChanged(ConnectionId subscriber, boolean subscribing) {
            assertThat(subscriber).isEqualTo(BOB);
        }
    }

    private static String text(ServerMessage message) {
        if (message instanceof ServerMessage.LinkOpened opened) {
            return "linkOpened " + opened.linkId() + " " + opened.subscriber() + " " + opened.encodings();
        } else if (message instanceof ServerMessage.LinkClosed closed) {
            return "linkClosed " + closed.linkId();
        } else if (message instanceof ServerMessage.LinkUpdated updated) {
            return "linkUpdated " + updated.linkId() + " "
                    + updated.subscription().video() + " " + updated.encodings();
        } else if (message instanceof LinkMessage.Description description) {
            return description.kind().wireName() + " " + description.negotiation() + " " + description.linkId();
        }
        return message instanceof ServerMessage.Failed failed
                ? "error " + failed.code() + " " + failed.linkId() + ": " + failed.message()
                : message.toString();
    }

    private static StreamInfo stream(boolean audio) {
        return new StreamInfo(STREAM, ADA, "Ada", 0, audio, true, VideoType.CAMERA, new Dimensions(1280, 720));
    }

    private void assertReceived(String... expected) {
        assertThat(told).containsExactly(expected);
        told.clear();
    }

    private void assertAsked(String... expected) {
        assertThat(router.asked).containsExactly(expected);
        router.asked.clear();
    }

    @BeforeEach
    void publish() {
        broker.streamChanged(stream(true));
        assertReceived("ada linkOpened l-1 router 3");
        assertAsked("open");
    }

    private Optional<LinkRefusal> relay(ConnectionId from, LinkMessage message) {
        return broker.relay(from, message, broker::closeOverBudget);
    }

    private void offer(String link) {
        assertThat(relay(ADA, SampleSdp.offer(new LinkId(link), 1))).isEmpty();
    }

    private FakeRouter.Publication publication() {
        List<FakeRouter.Publication> all = router.lastRoom().publications;
        return all.get(all.size() - 1);
    }

    private FakeRouter.Subscription lastSubscription() {
        List<FakeRouter.Subscription> all = router.lastRoom().subscriptions;
        return all.get(all.size() - 1);
    }

    private void subscribe(Subscription wanted) {
        broker.open(new Link(BOBS, STREAM, ADA, BOB, wanted));
    }

    @Test
    void publisherHasOneLinkWhateverTheNumberOfSubscribers() {
        offer("l-1");
        assertAsked("publish s-1", "offer 1 of s-1");
        publication().listener.onAnswer(1, SampleSdp.answer());
        assertReceived("ada answer 1 l-1");
        subscribe(Subscription.EVERYTHING);
        assertThat(broker.refusal(new ConnectionId("cid"), STREAM))
                .as("the limit of relayed sessions")
                .isEmpty();
        assertReceived();
        assertAsked("subscribe s-1 av22");
    }

    @Test
    void publisherWhoseOfferTheRouterRefusesGetsAnErrorAndAnotherLink() {
        offer("l-1");
        publication().listener.onRefused(RouterRefusal.DESCRIPTION, "Error parsing offer");
        assertReceived(
                "ada error 1601 l-1: The media router cannot use the offer: Error parsing offer",
                "ada linkClosed l-1",
                "ada linkOpened l-2 router 3");
        offer("l-2");
        publication().listener.onRefused(RouterRefusal.DESCRIPTION, "x".repeat(10_000));
        assertThat(told.peek()).hasSizeLessThan(300);
    }

    @Test
    void subscriberReceivesOnceThatTheRouterRefusesIt() {
        offer("l-1");
        subscribe(Subscription.EVERYTHING);
        told.clear();
        for (int i = 0; i < 3; i++) {
            lastSubscription().listener.onRefused(RouterRefusal.CAPACITY, "the router has 2 links");
            pass(10_000);
        }
        assertThat(told)
                .filteredOn(each -> each.contains("error"))
                .singleElement()
                .asString()
                .startsWith("bob error 1605 " + BOBS);
        lastSubscription().listener.onConnected();
        told.clear();
        lastSubscription().listener.onRefused(RouterRefusal.DESCRIPTION, "no");
        assertReceived("bob error 1600 " + BOBS + ": The media router cannot use the answer: no");
    }

    private void offerThreeEncodings(String link) {
        String simulcast =
                SampleSdp.offer("video") + "a=rid:0 send\r\na=rid:1 send\r\na=rid:2 send\r\na=simulcast:send 0;1;2\r\n";
        assertThat(relay(ADA, new LinkMessage.Description(new LinkId(link), 1, DescriptionKind.OFFER, simulcast)))
                .isEmpty();
    }

    @Test
    void publisherStopsEncodingsThatNoSubscriberNeeds() {
        offerThreeEncodings("l-1");
        subscribe(Subscription.EVERYTHING);
        pass(1_000);
        assertReceived();
        pass(1_000);
        assertReceived("ada linkUpdated l-1 true [2]");
        Link link = broker.subscription(BOBS, BOB).orElseThrow();
        broker.update(link, new Subscription(true, true, new Dimensions(320, 180), null));
        assertReceived("ada linkUpdated l-1 true [0, 2]");
        pass(2_000);
        assertReceived("ada linkUpdated l-1 true [0]");
        broker.update(link, new Subscription(true, false, null, null));
        pass(2_000);
        assertReceived("ada linkUpdated l-1 false []");
    }

    @Test
    void subscriberAnswersTheRoutersOffers() {
        subscribe(Subscription.EVERYTHING);
        router.asked.clear();
        router.lastRoom().subscriptions.get(0).listener.onOffer(7, SampleSdp.offer());
        assertReceived("bob offer 1 l-bob");
        assertThat(relay(BOB, SampleSdp.answer(BOBS, 1))).isEmpty();
        assertAsked("answer 7 of s-1");
        assertThat(relay(BOB, new LinkMessage.Restart(BOBS))).isEmpty();
        assertAsked("restart s-1");
    }

    @Test
    void noCandidateOfAClientReachesTheRouter() {
        String withCandidate = SampleSdp.offer() + "a=" + SampleSdp.CANDIDATE + "\r\n";
        assertThat(relay(ADA, new LinkMessage.Description(new LinkId("l-1"), 1, DescriptionKind.OFFER, withCandidate)))
                .isEmpty();
        assertThat(relay(ADA, SampleSdp.candidate(new LinkId("l-1"), 1))).isEmpty();
        assertThat(publication().offers)
                .singleElement()
                .satisfies(offer -> assertThat(offer.toSdp()).doesNotContain("candidate"));
        assertReceived();
    }

    @ParameterizedTest
    @CsvSource({
        "a=group:BUNDLE a v, a=x-none:1, BUNDLE",
        "a=group:BUNDLE a v, a=group:BUNDLE a, BUNDLE",
        "a=sendonly, a=inactive, sendonly",
        "a=sendonly, a=recvonly, sendonly",
        "v, video-of-17-chars, 16 characters"
    })
    void offerThatTheRouterCannotUseIsRefusedWithWords(String part, String replacement, String words) {
        String text = part.equals("v")
                ? SampleSdp.offer(replacement)
                : SampleSdp.offer().replace(part, replacement);
        Optional<LinkRefusal> refusal =
                relay(ADA, new LinkMessage.Description(new LinkId("l-1"), 1, DescriptionKind.OFFER, text));
        assertThat(refusal).hasValueSatisfying(it -> {
            assertThat(it.code()).isEqualTo(ErrorCode.OFFER_REFUSED);
            assertThat(it.linkId()).isEqualTo(new LinkId("l-1"));
            assertThat(it.message()).contains(words);
        });
        assertAsked();
        offer("l-1");
        assertAsked("publish s-1", "offer 1 of s-1");
    }

    @Test
    void answerWithoutTheOfferedBundleIsRefused() {
        subscribe(Subscription.EVERYTHING);
        lastSubscription().listener.onOffer(7, SampleSdp.offer());
        router.asked.clear();
        String text = SampleSdp.answer().replace("a=group:BUNDLE a v\r\n", "");
        assertThat(relay(BOB, new LinkMessage.Description(BOBS, 1, DescriptionKind.ANSWER, text)))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
        assertAsked();
    }

    @Test
    void whatTheStreamMutesIsMutedAtTheRouter() {
        offer("l-1");
        router.asked.clear();
        broker.streamChanged(stream(false));
        assertAsked("mute audio of s-1");
        broker.streamChanged(stream(true));
        assertAsked();
    }

    @Test
    void preferencesSelectLayers() {
        subscribe(Subscription.EVERYTHING);
        router.asked.clear();
        broker.update(broker.subscription(BOBS, BOB).orElseThrow(), new Subscription(true, false, null, 15));
        assertAsked("select s-1 a-21");
    }

    @Test
    void mediaIsRebuiltAfterTheRouterWasLost() {
        offer("l-1");
        subscribe(Subscription.EVERYTHING);
        router.lastRoom().subscriptions.get(0).listener.onOffer(1, SampleSdp.offer());
        told.clear();
        router.asked.clear();
        router.lose();
        assertReceived("ada linkClosed l-1", "ada linkOpened l-2 router 3");
        assertAsked("open", "subscribe s-1 av22");
        offer("l-2");
        assertAsked("publish s-1", "offer 1 of s-1", "select s-1 av22");
        String other = SampleSdp.offer("w").replace("o=- 1 ", "o=- 2 ");
        router.lastRoom().subscriptions.get(0).listener.onOffer(1, other);
        assertReceived("bob offer 2 l-bob");
    }

    @Test
    void publisherWhosePathIsLostGetsAnotherLink() {
        offer("l-1");
        told.clear();
        publication().listener.onEnded("hangup");
        assertReceived("ada linkClosed l-1", "ada linkOpened l-2 router 3");
    }

    @Test
    void offerOfAnotherPeerConnectionIsPublishedAnew() {
        offer("l-1");
        router.asked.clear();
        assertThat(relay(ADA, offerOfAnotherPeerConnection())).isEmpty();
        assertAsked("close publication s-1", "publish s-1", "offer 2 of s-1");
    }

    @Test
    void publisherThatFailsAgainAndAgainGetsItsNextLinkLater() {
        for (int i = 1; i <= 3; i++) {
            offer("l-" + i);
            publication().listener.onEnded("refused");
        }
        long longest = 5_000;
        for (int i = 4; i <= 8; i++) {
            offer("l-" + i);
            told.clear();
            publication().listener.onEnded("refused");
            assertReceived();
            Timed retry = timers.removeLast();
            assertThat(retry.millis()).isBetween(longest / 2, longest);
            longest = Math.min(60_000, 2 * longest);
            retry.task().run();
            assertReceived("ada linkClosed l-" + i, "ada linkOpened l-" + (i + 1) + " router 3");
        }
    }

    @Test
    void publisherThatWasConnectedForAMinuteGetsItsNextLinkAtOnce() {
        for (int i = 1; i <= 3; i++) {
            offer("l-" + i);
            publication().listener.onEnded("hangup");
        }
        offer("l-4");
        publication().listener.onConnected();
        nanos += TimeUnit.MINUTES.toNanos(1);
        told.clear();
        publication().listener.onEnded("hangup");
        assertReceived("ada linkClosed l-4", "ada linkOpened l-5 router 3");
    }

    @Test
    void publisherThatOffersMeanwhileKeepsItsLink() {
        for (int i = 1; i <= 4; i++) {
            offer("l-" + i);
            publication().listener.onEnded("refused");
        }
        assertThat(relay(ADA, SampleSdp.offer(new LinkId("l-4"), 2))).isEmpty();
        told.clear();
        timers.removeLast().task().run();
        assertReceived();
    }

    @Test
    void subscriberThatGotNoOfferIsSubscribedAgainUntilTheRouterTakesIt() {
        subscribe(Subscription.EVERYTHING);
        router.asked.clear();
        lastSubscription().listener.onEnded("no such feed");
        assertAsked("subscribe s-1 av22");
        long longest = 200;
        for (int i = 0; i < 20; i++) {
            lastSubscription().listener.onEnded("the router is full");
            assertAsked();
            Timed retry = timers.removeLast();
            assertThat(retry.millis()).isBetween(longest / 2, longest);
            longest = Math.min(10_000, 2 * longest);
            retry.task().run();
            assertAsked("subscribe s-1 av22");
        }
        lastSubscription().listener.onOffer(1, SampleSdp.offer());
        assertReceived("bob offer 1 l-bob");
    }

    @Test
    void closedLinkIsNotTriedAgain() {
        subscribe(Subscription.EVERYTHING);
        lastSubscription().listener.onEnded("the router is full");
        lastSubscription().listener.onEnded("the router is full");
        broker.unsubscribe(broker.subscription(BOBS, BOB).orElseThrow());
        router.asked.clear();
        timers.removeLast().task().run();
        assertAsked();
    }

    private Optional<String> subscriptionRefusal(ConnectionId subscriber) {
        return broker.refusal(subscriber, STREAM).map(LinkRefusal::message);
    }

    @Test
    void oneTokenHasAPartOfTheRouters() {
        router.capacity(10);
        for (int i = 0; i < 2; i++) {
            assertThat(broker.publishRefusal(ADA)).isEmpty();
            broker.streamChanged(new StreamInfo(
                    new StreamId("more-" + i), ADA, "", 0, true, true, VideoType.CAMERA, new Dimensions(1280, 720)));
        }
        assertThat(broker.publishRefusal(ADA)).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.STREAM_LIMIT_EXCEEDED);
            assertThat(refusal.message()).contains("This token has 3 links to media routers");
        });
        assertThat(subscriptionRefusal(BOB)).as("another token").isEmpty();
        broker.streamEnded(STREAM);
        assertThat(broker.publishRefusal(ADA)).isEmpty();
    }

    @Test
    void oneProjectHasAPartOfTheRouters() {
        router.capacity(4);
        offer("l-1");
        publication().listener.onConnected();
        assertThat(subscriptionRefusal(BOB)).isEmpty();
        subscribe(Subscription.EVERYTHING);
        ConnectionId cyd = new ConnectionId("cyd");
        assertThat(subscriptionRefusal(cyd))
                .hasValueSatisfying(why -> assertThat(why).contains("This project has 2 links to media routers"));
        assertThat(pool.shares().of("other").refusal("any")).isNull();
        broker.connectionEnded(BOB);
        assertThat(subscriptionRefusal(cyd)).isEmpty();
        router.up(false);
        assertThat(subscriptionRefusal(cyd)).as("without a router links wait").isEmpty();
    }

    @Test
    void sessionWhoseRouterIsFullTakesNoFurtherLink() {
        router.lastRoom().full = true;
        assertThat(subscriptionRefusal(BOB))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("as many publications and subscriptions as it carries"));
        assertThat(broker.publishRefusal(ADA)).isPresent();
    }

    @Test
    void subscriberThatLosesItsPathAsksForAnother() {
        subscribe(Subscription.EVERYTHING);
        router.lastRoom().subscriptions.get(0).listener.onOffer(1, SampleSdp.offer());
        router.asked.clear();
        router.lastRoom().subscriptions.get(0).listener.onEnded("hangup");
        assertAsked();
        assertThat(relay(BOB, new LinkMessage.Restart(BOBS))).isEmpty();
        assertAsked("subscribe s-1 av22");
    }

    @Test
    void callbacksOfAnEarlierPublicationAreIgnored() {
        offer("l-1");
        FakeRouter.Publication first = publication();
        first.listener.onEnded("hangup");
        told.clear();
        first.listener.onAnswer(1, SampleSdp.answer());
        first.listener.onEnded("hangup");
        assertReceived();
    }

    @Test
    void endOfAClosedPublicationDoesNotEndTheNextOne() {
        offer("l-1");
        FakeRouter.Publication first = publication();
        assertThat(relay(ADA, offerOfAnotherPeerConnection())).isEmpty();
        told.clear();
        router.asked.clear();
        first.listener.onEnded("hangup");
        first.listener.onRefused(RouterRefusal.DESCRIPTION, "no");
        assertReceived();
        broker.streamChanged(stream(false));
        assertAsked("mute audio of s-1");
        broker.streamEnded(STREAM);
        assertAsked("close publication s-1", "close room");
    }

    private static LinkMessage.Description offerOfAnotherPeerConnection() {
        return new LinkMessage.Description(
                new LinkId("l-1"), 2, DescriptionKind.OFFER, SampleSdp.offer().replace("o=- 1 ", "o=- 2 "));
    }

    private void fallBack(String link, FallbackState state) {
        assertThat(relay(ADA, new LinkMessage.Fallback(new LinkId(link), state)))
                .isEmpty();
    }

    @Test
    void fallbackOfAPublisherReachesItsSubscribersOnceHoweverOftenItChanges() {
        offer("l-1");
        subscribe(Subscription.EVERYTHING);
        told.clear();
        for (int i = 0; i < 20; i++) {
            fallBack("l-1", FallbackState.VIDEO);
            fallBack("l-1", FallbackState.AUDIO_ONLY);
        }
        pass(1_000);
        assertReceived("bob " + new LinkMessage.Fallback(BOBS, FallbackState.AUDIO_ONLY));
    }

    @Test
    void fallbackOfAPublisherEndsWithItsLink() {
        offer("l-1");
        subscribe(Subscription.EVERYTHING);
        fallBack("l-1", FallbackState.AUDIO_ONLY);
        pass(1_000);
        router.lose();
        offer("l-2");
        told.clear();
        pass(1_000);
        assertReceived("bob " + new LinkMessage.Fallback(BOBS, FallbackState.VIDEO));
    }

    @Test
    void endOfTheStreamClosesEverything() {
        offer("l-1");
        subscribe(Subscription.EVERYTHING);
        router.asked.clear();
        told.clear();
        broker.streamEnded(STREAM);
        assertThat(told).containsExactlyInAnyOrder("ada linkClosed l-1", "bob linkClosed l-bob");
        assertThat(router.asked)
                .containsExactlyInAnyOrder("close publication s-1", "close subscription s-1", "close room");
    }

    @Test
    void endOfThePublishersConnectionStopsItsMediaAtOnce() {
        offer("l-1");
        router.asked.clear();
        broker.connectionEnded(ADA);
        assertThat(router.asked).startsWith("close publication s-1");
    }

    @Test
    void resumedPublisherReceivesTheSameLink() {
        offer("l-1");
        router.asked.clear();
        broker.reopen(ADA);
        assertReceived("ada linkOpened l-1 router 3", "ada linkUpdated l-1 true [0]");
        assertAsked();
    }

    @Test
    void resumedSubscriberReceivesWhetherItsVideoIsOffForAudio() {
        offer("l-1");
        subscribe(Subscription.EVERYTHING);
        told.clear();
        broker.reopen(BOB);
        assertThat(told).containsExactly("bob " + new LinkMessage.Fallback(BOBS, FallbackState.VIDEO));
    }
}
