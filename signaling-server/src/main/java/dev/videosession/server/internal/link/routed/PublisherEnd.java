package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.rtp.Encoding;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.server.internal.router.PublicationListener;
import dev.videosession.server.internal.router.RoutedPublication;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.RouterRoom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The router's end of a link whose other end publishes. Belongs to the session's loop. */
final class PublisherEnd {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherEnd.class);

    private final RouterSignaling signaling;
    private final RoutedStream stream;
    private final LinkId linkId;
    private @Nullable RouterRoom room;
    private @Nullable RoutedPublication publication;
    private @Nullable Events events; // of the last publication
    private @Nullable SessionDescription waitingOffer;
    private int number;
    private long offeredSession;
    private @Nullable List<Integer> toldNeeded;
    private boolean lossLogged;
    private boolean connected;
    private boolean retired;
    private boolean dismissed;

    PublisherEnd(RouterSignaling signaling, RoutedStream stream, LinkId linkId) {
        this.signaling = signaling;
        this.stream = stream;
        this.linkId = linkId;
    }

    RoutedStream stream() {
        return stream;
    }

    /** The router has a room for the session. */
    void enter(RouterRoom opened) {
        room = opened;
        publish();
    }

    /** The router lost everything. */
    void forget() {
        room = null;
        publication = null;
        connected = false;
    }

    /** {@return whether the publisher has an end here, connected or not} */
    boolean isOpen() {
        return publication != null;
    }

    /** {@return whether the router receives from the publisher} */
    boolean isConnected() {
        return connected;
    }

    /** Another router takes over: the publisher closes its end when it is no longer needed. */
    void retire() {
        retired = true;
    }

    /** {@return whether the publisher has an end here that it must close: true once} */
    boolean dismiss() {
        boolean first = isOpen() && !dismissed;
        dismissed = true;
        return first;
    }

    /** An offer of another session (RFC 9429) comes from another peer connection of the publisher. */
    void offer(int newNumber, SessionDescription offer) {
        if (publication != null && offeredSession != offer.sessionId()) {
            publication.close();
            publication = null;
            connected = false;
        }
        offeredSession = offer.sessionId();
        boolean first = number == 0;
        number = newNumber;
        waitingOffer = offer;
        stream.setEncodings(encodings(offer), hasTemporalLayers(offer));
        toldNeeded = first ? stream.offeredEncodings() : null;
        publish();
    }

    private static int encodings(SessionDescription offer) {
        return offer.sections().stream()
                .filter(section -> section.kind() == MediaKind.VIDEO)
                .mapToInt(section -> Math.max(1, section.rtp().rids().size()))
                .findFirst()
                .orElse(1);
    }

    /** The router forwards a part of the frames of VP8 only. */
    private static boolean hasTemporalLayers(SessionDescription offer) {
        return offer.sections().stream()
                .filter(section -> section.kind() == MediaKind.VIDEO)
                .flatMap(section -> section.rtp().codecs().stream().limit(1))
                .allMatch(codec -> codec.encoding() == Encoding.VP8);
    }

    private void publish() {
        if (room == null || waitingOffer == null) {
            return;
        }
        if (publication == null) {
            Events following = new Events();
            events = following;
            publication = room.publish(stream.id(), following);
            applyMutes();
        }
        publication.offer(number, waitingOffer);
        waitingOffer = null;
    }

    /** Tells the publisher which encodings its subscribers need, unless it knows. */
    void updateNeeded() {
        List<Integer> needed = stream.neededEncodings();
        if (publication != null && !needed.equals(toldNeeded)) {
            toldNeeded = needed;
            signaling.need(linkId, needed);
        }
    }

    /** Messages to the publisher may be lost. */
    void repeatNeeded() {
        toldNeeded = null;
    }

    /** What the stream has muted is not forwarded, whatever its publisher sends. */
    void applyMutes() {
        if (publication != null) {
            publication.mute(MediaKind.AUDIO, !stream.info().hasAudio());
            publication.mute(MediaKind.VIDEO, !stream.info().hasVideo());
        }
    }

    void close() {
        if (publication != null) {
            publication.close();
        }
        forget();
    }

    /** The publisher gets another link, by which it makes a new connection: at once, or later if that has failed again and again. */
    private void ended(String reason) {
        publication = null;
        connected = false;
        if (retired) {
            return;
        }
        long retryMillis = stream.nextRenewalMillis();
        LOG.atLevel(lossLogged ? Level.DEBUG : Level.WARN)
                .log(
                        "event=routedPublisherLost session={} connection={} stream={} link={} cause=\"{}\" retryMillis={}",
                        stream.session(),
                        stream.info().connectionId(),
                        stream.id(),
                        linkId,
                        reason,
                        retryMillis);
        lossLogged = true; // a client may offer again and again before it gets another link
        stream.after(retryMillis, this::renew);
    }

    /** Not if the publisher has offered once more meanwhile. */
    private void renew() {
        if (publication == null && room != null) {
            signaling.renew(linkId);
        }
    }

    /** Follows one publication. What the router said about it before it was closed may arrive after the next one has begun. */
    private final class Events implements PublicationListener {
        private boolean isCurrent() {
            return publication != null && events == this;
        }

        @Override
        public void onAnswer(int answered, String sdp) {
            if (isCurrent()) {
                signaling.relay(new LinkMessage.Description(linkId, answered, DescriptionKind.ANSWER, sdp));
            }
        }

        @Override
        public void onConnected() {
            if (isCurrent()) {
                connected = true;
                stream.publisherConnected();
                signaling.connected(stream.id());
                LOG.debug("event=routedPublisherConnected link={} stream={}", linkId, stream.id());
            }
        }

        @Override
        public void onRefused(RouterRefusal refusal, String reason) {
            if (isCurrent()) {
                signaling.refuse(linkId, refusal, reason);
                ended(reason);
            }
        }

        @Override
        public void onEnded(String reason) {
            if (isCurrent()) {
                ended(reason);
            }
        }

        @Override
        public void onMedia(MediaKind kind, boolean receiving) {
            LOG.debug("event=routedMedia stream={} kind={} receiving={}", stream.id(), kind, receiving);
        }

        @Override
        public void onSlowLink(MediaKind kind, int lost) {
            LOG.debug("event=routedPublisherLoss stream={} kind={} packets={}", stream.id(), kind, lost);
        }
    }
}
