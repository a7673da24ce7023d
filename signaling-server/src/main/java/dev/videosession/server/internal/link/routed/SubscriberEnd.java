package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.server.internal.quality.SubscriberQuality;
import dev.videosession.server.internal.router.Layers;
import dev.videosession.server.internal.router.RoutedSubscription;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.RouterRoom;
import dev.videosession.server.internal.router.SubscriptionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router's end of a link whose other end subscribes. Belongs to the session's loop. */
final class SubscriberEnd implements SubscriptionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriberEnd.class);

    private static final long FIRST_RETRY_MILLIS = 200;
    private static final long SLOWEST_RETRY_MILLIS = 10_000;

    /** A probe fits into what TCP sends at once. */
    private static final int PROBE_MESSAGES = 12;

    /** A path that carries no more than the lowest level loses media behind a longer probe. */
    private static final int SHORT_PROBE_MESSAGES = 8;

    private static final String PROBE_PADDING = ".".repeat(1000);

    private final RouterSignaling signaling;
    private final RoutedStream stream;
    private final LinkId linkId;
    private final ConnectionId subscriber;
    private final RetryDelays retries = new RetryDelays(1, FIRST_RETRY_MILLIS, SLOWEST_RETRY_MILLIS);
    private final SubscriberQuality quality;
    private Subscription wanted;
    private int level;
    private FallbackState ownFallback = FallbackState.VIDEO;
    private FallbackState toldFallback = FallbackState.VIDEO;
    private boolean fallbackUnknown;
    private @Nullable RouterRoom room;
    private @Nullable RoutedSubscription subscription;
    private int negotiation;
    private int offered;
    private boolean offerAwaited;
    private boolean answerAwaited;
    private boolean toldRefusal;
    private boolean connected;
    private boolean retired;

    SubscriberEnd(
            RouterSignaling signaling,
            RoutedStream stream,
            LinkId linkId,
            ConnectionId subscriber,
            Subscription wanted,
            int firstNegotiation) {
        this.signaling = signaling;
        this.stream = stream;
        this.linkId = linkId;
        this.subscriber = subscriber;
        this.wanted = wanted;
        this.negotiation = firstNegotiation;
        this.fallbackUnknown = firstNegotiation > 0; // another server drove the router before
        this.quality = stream.newQuality();
        this.level = quality.level();
    }

    RoutedStream stream() {
        return stream;
    }

    ConnectionId subscriber() {
        return subscriber;
    }

    /** The router has a room for the session. */
    void enter(RouterRoom opened) {
        room = opened;
        subscribe();
    }

    /** The router lost everything. */
    void forget() {
        room = null;
        subscription = null;
        connected = false;
        answerAwaited = false;
    }

    /** {@return whether the subscriber has an end here, connected or not} */
    boolean isOpen() {
        return subscription != null;
    }

    /** {@return whether the router can send to the subscriber} */
    boolean isConnected() {
        return connected;
    }

    /** Another router takes over: the subscriber closes its end when it receives from that one. */
    void retire() {
        retired = true;
    }

    private void subscribe() {
        if (room != null && subscription == null) {
            offerAwaited = true;
            subscription = room.subscribe(stream.id(), choose(), this);
        }
    }

    private Layers choose() {
        Layers layers = quality.limit(stream.layers(wanted), stream.ladder());
        stream.selected(linkId, layers);
        return layers;
    }

    void reception(LinkMessage.ReceptionReport report) {
        LOG.trace("event=reception report={}", report);
        quality.observe(report);
        followQuality();
    }

    /** A second passed. */
    void tick() {
        quality.tick();
        followQuality();
    }

    private void followQuality() {
        if (quality.level() != level) {
            LOG.debug("event=routedLevel link={} stream={} level={}", linkId, stream.id(), quality.level());
            level = quality.level();
            select();
        }
        if (quality.wantsProbe()) {
            int count = level <= 1 ? SHORT_PROBE_MESSAGES : PROBE_MESSAGES;
            for (int index = 0; index < count; index++) {
                signaling.relay(new LinkMessage.Probe(linkId, index, count, PROBE_PADDING));
            }
        }
        tellFallback();
    }

    /** Tells the subscriber whether its path or that of the publisher carries too little. */
    private void tellFallback() {
        FallbackState own = quality.fallback();
        if (own != ownFallback) {
            ownFallback = own;
            LOG.info(
                    "event=routedFallback session={} connection={} stream={} link={} state={}",
                    stream.session(),
                    subscriber,
                    stream.id(),
                    linkId,
                    own.wireName());
        }
        FallbackState state = own.compareTo(stream.fallback()) > 0 ? own : stream.fallback();
        if (state != toldFallback || fallbackUnknown) {
            toldFallback = state;
            fallbackUnknown = false;
            signaling.relay(new LinkMessage.Fallback(linkId, state));
        }
    }

    /**
     * The subscriber has another socket, perhaps at another server. What it was told by the last one may be lost, and what it has
     * answered: it may be connected to an earlier router, so that it does not ask for an offer.
     */
    void subscriberResumed() {
        signaling.relay(new LinkMessage.Fallback(linkId, toldFallback));
        if (answerAwaited) {
            restart();
        }
    }

    void want(Subscription newWanted) {
        wanted = newWanted;
        select();
    }

    /** Layers depend on the stream, too. */
    void select() {
        if (subscription != null) {
            subscription.select(choose());
        }
    }

    void restart() {
        if (subscription == null) {
            subscribe();
        } else {
            subscription.restart();
        }
    }

    void answer(int answered, SessionDescription answer) {
        if (subscription != null && answered == negotiation) {
            answerAwaited = false;
            subscription.answer(offered, answer);
        }
    }

    void close() {
        if (subscription != null) {
            subscription.close();
        }
        stream.unsubscribed(linkId);
        forget();
    }

    @Override
    public void onOffer(int number, String sdp) {
        if (subscription == null) {
            return;
        }
        offerAwaited = false;
        answerAwaited = true;
        retries.reset();
        offered = number;
        negotiation++;
        signaling.relay(new LinkMessage.Description(linkId, negotiation, DescriptionKind.OFFER, sdp));
    }

    @Override
    public void onConnected() {
        toldRefusal = false;
        connected = true;
        LOG.debug("event=routedSubscriberConnected link={} stream={}", linkId, stream.id());
        select();
    }

    /** The subscriber receives one error, however often the router refuses it in a row. */
    @Override
    public void onRefused(RouterRefusal refusal, String reason) {
        if (subscription != null) {
            if (!toldRefusal) {
                toldRefusal = true;
                signaling.refuse(linkId, refusal, reason);
            }
            onEnded(reason);
        }
    }

    /**
     * A subscriber that has an offer notices and asks for a new path. One without an offer waits: it is subscribed again, for
     * as long as the router refuses it.
     */
    @Override
    public void onEnded(String reason) {
        if (subscription == null) {
            return;
        }
        subscription = null;
        connected = false;
        answerAwaited = false;
        if (retired) {
            return;
        }
        long retryMillis = offerAwaited ? retries.next() : 0;
        LOG.info(
                "event=routedSubscriberLost session={} connection={} stream={} link={} cause=\"{}\" retryMillis={}",
                stream.session(),
                subscriber,
                stream.id(),
                linkId,
                reason,
                retryMillis);
        if (offerAwaited) {
            stream.after(retryMillis, this::subscribe);
        }
    }

    @Override
    public void onSlowLink(MediaKind kind, int lost) {
        if (kind == MediaKind.VIDEO) {
            quality.lossNoticed();
        }
        LOG.debug("event=routedSubscriberLoss stream={} kind={} packets={}", stream.id(), kind, lost);
    }
}
