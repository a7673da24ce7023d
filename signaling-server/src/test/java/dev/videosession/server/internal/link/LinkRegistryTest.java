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

class LinkRegistryTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final ConnectionId EVE = new ConnectionId("eve");
    private static final Link ADA_TO_BOB = link("ada-bob", BOB);
    private static final Link ADA_TO_EVE = link("ada-eve", EVE);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> events = new ArrayList<>();
    private final LinkRegistry links = new LinkRegistry(
            new LinkContext(
                    new SessionId("session"),
                    ServerLimits.builder().build(),
                    new ServerMetrics(meters),
                    TimeSource.system()),
            new OnlyBobIsHere(),
            new LinkRegistry.Listener() {
                @Override
                public void opened(Link link) {
                    events.add("opened " + link.linkId());
                }

                @Override
                public void closed(Link link) {
                    events.add("closed " + link.linkId());
                }
            });

    private final class OnlyBobIsHere implements LinkParticipants {
        @Override
        public void tell(ConnectionId to, ServerMessage message) {
            throw new AssertionError(message);
        }

        @Override
        public @Nullable LinkAllowance allowance(ConnectionId id) {
            return id.equals(BOB) ? new LinkAllowance(ServerLimits.builder().build(), 0) : null;
        }

        @Override
        public @Nullable String token(ConnectionId id) {
            return null;
        }

        @Override
        public boolean understands(ConnectionId id, Feature feature) {
            return false;
        }

        @Override
        public void subscriptionsChanged(ConnectionId subscriber, boolean subscribing) {
            events.add(subscriber + " " + subscribing);
        }
    }

    private static Link link(String id, ConnectionId subscriber) {
        return new Link(new LinkId(id), new StreamId("camera"), ADA, subscriber, Subscription.EVERYTHING);
    }

    private double counted() {
        return meters.get("videosession.links").gauge().value();
    }

    @Test
    void linkThatIsReadFromTheLogAndOpenedOnceMoreCountsOnce() {
        links.open(ADA_TO_BOB);
        links.open(ADA_TO_BOB);
        assertThat(counted()).isEqualTo(1);
        links.close(ADA_TO_BOB);
        links.close(ADA_TO_BOB);
        assertThat(counted()).isZero();
        assertThat(events).containsExactly("opened ada-bob", "bob true", "closed ada-bob", "bob false");
    }

    @Test
    void releasedParticipantKeepsItsLinksToParticipantsOfThisServer() {
        links.open(ADA_TO_BOB);
        links.open(ADA_TO_EVE);
        links.release(ADA);
        assertThat(links.isOpen(ADA_TO_BOB)).isTrue();
        assertThat(links.isOpen(ADA_TO_EVE)).isFalse();
        assertThat(counted()).isEqualTo(1);
    }
}
