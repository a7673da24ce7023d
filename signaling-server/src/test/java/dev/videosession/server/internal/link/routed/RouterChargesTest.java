package dev.videosession.server.internal.link.routed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.link.LinkParticipants;
import dev.videosession.server.internal.router.RouterShares;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.settings.ServerLimits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouterChargesTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final StreamId STREAM = new StreamId("stream");

    /** A quarter of it is the share of a token: one link. */
    private static final int CAPACITY = 4;

    private final RouterCharges charges = new RouterCharges(
            new RouterShares(ServerLimits.builder().build(), () -> CAPACITY).of("project"), new Tokens());

    private static final class Tokens implements LinkParticipants {
        @Override
        public void tell(ConnectionId to, ServerMessage message) {}

        @Override
        public @Nullable LinkAllowance allowance(ConnectionId id) {
            return null;
        }

        @Override
        public String token(ConnectionId id) {
            return "token of " + id;
        }

        @Override
        public boolean understands(ConnectionId id, Feature feature) {
            return true;
        }

        @Override
        public void subscriptionsChanged(ConnectionId subscriber, boolean subscribing) {}
    }

    private static Link publication() {
        return new Link(new LinkId("p"), STREAM, ADA, ServerMessage.LinkOpened.ROUTER, Subscription.EVERYTHING);
    }

    private static Link subscription() {
        return new Link(new LinkId("s"), STREAM, ServerMessage.LinkOpened.ROUTER, BOB, Subscription.EVERYTHING);
    }

    @Test
    void publicationIsChargedAtOnce() {
        charges.open(publication(), true);

        assertThat(charges.refusal(ADA)).isPresent();
        charges.close(publication());
        assertThat(charges.refusal(ADA)).isEmpty();
    }

    @Test
    void subscriptionIsChargedWhenTheRouterReceivesTheStream() {
        charges.open(subscription(), true);
        assertThat(charges.refusal(BOB)).isEmpty();

        charges.connected(STREAM);
        charges.connected(STREAM);
        assertThat(charges.refusal(BOB)).isPresent();

        charges.close(subscription());
        assertThat(charges.refusal(BOB)).isEmpty();
    }

    @Test
    void subscriptionToAStreamThatTheRouterReceivesIsChargedAtOnce() {
        charges.connected(STREAM);
        charges.open(subscription(), true);
        assertThat(charges.refusal(BOB)).isPresent();
    }

    @Test
    void subscriptionThatEndsBeforeTheStreamArrivesIsNeverCharged() {
        charges.open(subscription(), true);
        charges.close(subscription());
        charges.connected(STREAM);
        assertThat(charges.refusal(BOB)).isEmpty();
    }

    @Test
    void streamThatEndedIsForgotten() {
        charges.connected(STREAM);
        charges.streamEnded(STREAM);
        charges.open(subscription(), true);
        assertThat(charges.refusal(BOB)).isEmpty();
    }

    @Test
    void serverThatDoesNotDriveTheRouterChargesAtOnce() {
        charges.open(subscription(), false);
        assertThat(charges.refusal(BOB)).isPresent();
    }
}
