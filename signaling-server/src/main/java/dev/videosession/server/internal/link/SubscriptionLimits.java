package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.settings.ServerLimits;
import java.util.Optional;

/** How many links connections may open, and how often. Belongs to the session's loop. */
final class SubscriptionLimits {
    private final ServerLimits limits;
    private final TimeSource time;
    private final LinkTable links;
    private final boolean routed;
    private final OpeningRates openings;

    SubscriptionLimits(ServerLimits limits, TimeSource time, LinkTable links, boolean routed) {
        this.limits = limits;
        this.time = time;
        this.links = links;
        this.routed = routed;
        this.openings = routed ? OpeningRates.routed() : OpeningRates.relayed();
    }

    /** Charges the subscriber for the attempt, unless another limit refuses it. */
    Optional<LinkRefusal> refusal(ConnectionId subscriber, StreamId streamId) {
        if (links.isSubscribed(subscriber, streamId)) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.ALREADY_SUBSCRIBED,
                    "This connection is already subscribed to the stream. Unsubscribe first."));
        }
        int most = limits.subscriptionsPerConnection();
        if (links.countOpenedBy(subscriber) >= most) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.STREAM_LIMIT_EXCEEDED, "A connection may have " + most + " subscriptions."));
        }
        int linksPerStream = limits.linksPerStream();
        if (!routed && links.countOf(streamId) >= linksPerStream) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.RELAYED_LIMIT_EXCEEDED,
                    "The stream has " + linksPerStream + " subscribers, the most that its publisher serves. More"
                            + " subscribers need a routed session on a server with a media router."));
        }
        long wait = openings.take(subscriber, streamId, time.nanos());
        return wait == 0
                ? Optional.empty()
                : Optional.of(new LinkRefusal(
                        null,
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        "Too many subscriptions to the same stream. Slow down.",
                        wait));
    }
}
