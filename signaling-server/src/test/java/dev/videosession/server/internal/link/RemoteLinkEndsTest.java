package dev.videosession.server.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.settings.ServerLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One server of a relayed session holds Ada or Bob, and the log has lost what was written last. */
class RemoteLinkEndsTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final Subscription AUDIO = new Subscription(true, false, null, null);
    private static final Link LINK =
            new Link(new LinkId("l-1"), new StreamId("camera"), ADA, BOB, Subscription.EVERYTHING);

    private final List<ServerMessage> told = new ArrayList<>();
    private ConnectionId here = BOB;
    private final LinkBroker broker = new LinkBroker(
            new LinkContext(
                    new SessionId("session"),
                    ServerLimits.builder().build(),
                    new ServerMetrics(new SimpleMeterRegistry()),
                    TimeSource.system()),
            new OneClient(),
            LinkTopology.RELAYED);

    private final class OneClient implements LinkParticipants {
        @Override
        public void tell(ConnectionId to, ServerMessage message) {
            if (to.equals(here)) {
                told.add(message);
            }
        }

        @Override
        public @Nullable LinkAllowance allowance(ConnectionId id) {
            return id.equals(here) ? new LinkAllowance(ServerLimits.builder().build(), 0) : null;
        }

        @Override
        public @Nullable String token(ConnectionId id) {
            return "token";
        }

        @Override
        public boolean understands(ConnectionId id, Feature feature) {
            return true;
        }

        @Override
        public void subscriptionsChanged(ConnectionId subscriber, boolean subscribing) {}
    }

    private List<Link> renew(ConnectionId id, boolean drops) {
        try (RemoteLinkEnds.Reading reading = broker.remote().read(id)) {
            reading.renew(List.of(LINK), drops);
            assertThat(reading.isUncertain()).isEqualTo(!drops && id.equals(here));
            return reading.unclosed();
        }
    }

    @Test
    void closingThatTheLogLostIsWrittenAgainAfterAMoment() {
        broker.open(LINK);
        broker.unsubscribe(LINK);
        assertThat(renew(BOB, false)).as("the link may be a new one").isEmpty();
        assertThat(broker.isOpen(LINK)).isFalse();
        assertThat(renew(BOB, true)).containsExactly(LINK);
        assertThat(broker.isOpen(LINK)).as("the client may subscribe again").isFalse();
    }

    @Test
    void linkOfAConnectionThatWasTakenOverIsThatOfTheLog() {
        try (RemoteLinkEnds.Reading reading = broker.remote().read(BOB)) {
            reading.takeOver(List.of()); // read before the client subscribed at the earlier server
        }
        try (RemoteLinkEnds.Reading reading = broker.remote().read(BOB)) {
            reading.renew(List.of(LINK), true);
            assertThat(reading.unclosed()).isEmpty();
        }
        assertThat(broker.isOpen(LINK)).isTrue();
        broker.unsubscribe(LINK);
        assertThat(renew(BOB, true)).as("it is confirmed now").containsExactly(LINK);
    }

    @Test
    void publisherThatResumesGetsTheSubscriptionThatWasWrittenAgain() {
        here = ADA;
        broker.remote()
                .arrived(ADA, new ServerMessage.LinkOpened(LINK.linkId(), LINK.streamId(), BOB, LINK.subscription()));
        ServerMessage again = new ServerMessage.LinkOpened(LINK.linkId(), LINK.streamId(), BOB, AUDIO);
        broker.remote().arrived(ADA, again);
        told.clear();
        broker.reopen(ADA);
        assertThat(told).containsExactly(again);
    }
}
