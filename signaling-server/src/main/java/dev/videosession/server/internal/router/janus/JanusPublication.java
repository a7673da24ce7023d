package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.server.internal.router.PublicationListener;
import dev.videosession.server.internal.router.RoutedPublication;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.janus.session.JanusException;
import dev.videosession.server.internal.router.janus.session.JanusHandle;
import dev.videosession.server.internal.router.janus.session.JanusJson;
import dev.videosession.server.internal.router.janus.session.JanusSession;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publisher in a room. Of several offers that wait, the newest is sent. */
final class JanusPublication extends JanusParticipant implements RoutedPublication {
    private static final Logger LOG = LoggerFactory.getLogger(JanusPublication.class);

    private final JanusRoom room;
    private final PublicationListener listener;

    /** The id of the publisher in the room; set on the event loop before anything else happens. */
    String feed = "";

    // Owned by the event loop.
    private final Map<MediaKind, Boolean> muted = new EnumMap<>(MediaKind.class);
    private final Map<MediaKind, String> mids = new EnumMap<>(MediaKind.class);
    /** The kinds with a request to mute or unmute under way, and whether it still says what is wanted. */
    private final Map<MediaKind, Boolean> moderated = new EnumMap<>(MediaKind.class);

    private @Nullable Offer nextOffer;
    private boolean joined;

    private record Offer(int number, SessionDescription description) {}

    JanusPublication(JanusRoom room, StreamId streamId, PublicationListener listener) {
        super(room, streamId, listener);
        this.room = room;
        this.listener = listener;
    }

    // ---- any thread

    @Override
    public void offer(int number, SessionDescription offer) {
        room.execute(() -> {
            nextOffer = new Offer(number, offer);
            next();
        });
    }

    @Override
    public void mute(MediaKind kind, boolean mute) {
        room.execute(() -> {
            Boolean before = muted.put(kind, mute);
            if (joined && !isOver() && (mute || Boolean.TRUE.equals(before))) {
                moderate(kind);
            }
        });
    }

    @Override
    public void close() {
        room.execute(this::release);
    }

    // ---- the event loop

    @Override
    void sendNext() {
        JanusHandle open = handle();
        if (nextOffer == null) {
            return;
        }
        if (open == null) {
            attach(room.create());
        } else {
            send(open, nextOffer);
        }
    }

    private void send(JanusHandle open, Offer offer) {
        nextOffer = null;
        Map<String, Object> body = joined
                ? room.room("configure", Map.of())
                : room.join("joinandconfigure", "publisher", Map.of("id", feed));
        // Janus reads the first layer as the largest unless the offer says otherwise.
        Map<String, String> jsep =
                Map.of("type", "offer", "sdp", offer.description().toSdp(), "rid_order", "lmh");
        await(joined ? open.requestAgain(body, jsep) : open.request(body, jsep), reply -> answered(offer, reply));
    }

    private void answered(Offer offer, JanusJson reply) {
        joined = true;
        offer.description().sections().stream()
                .filter(section -> section.mid() != null && !section.isRejected())
                .forEach(this::rememberMid);
        String answer = reply.sdp("answer");
        if (answer == null) {
            refuse(RouterRefusal.DESCRIPTION, "Janus did not answer the offer");
            return;
        }
        muted.forEach((kind, mute) -> {
            if (mute) {
                moderate(kind);
            }
        });
        room.callBack(() -> listener.onAnswer(offer.number(), answer));
    }

    private void rememberMid(MediaSection section) {
        if (section.mid() != null) {
            mids.put(section.kind(), section.mid());
        }
    }

    /** Mutes or unmutes as wanted now. One request per kind at a time: one that is repeated must not undo a newer one. */
    private void moderate(MediaKind kind) {
        String mid = mids.get(kind);
        if (mid == null) {
            return;
        }
        if (moderated.containsKey(kind)) {
            moderated.put(kind, false);
        } else {
            moderate(kind, mid, JanusSession.MAX_SENT);
        }
    }

    private void moderate(MediaKind kind, String mid, int times) {
        moderated.put(kind, true);
        boolean mute = Boolean.TRUE.equals(muted.get(kind));
        room.manager().request(room.moderate(feed, mid, mute)).whenComplete((reply, failure) -> {
            boolean current = Boolean.TRUE.equals(moderated.remove(kind));
            boolean lost = failure != null && times > 1 && JanusException.isSocketLost(failure);
            if (isOver()) {
                return;
            }
            if (failure != null && !lost) {
                LOG.warn("event=routerMuteFailed feed={} cause=\"{}\"", feed, JanusException.messageOf(failure));
                end("the router did not mute the stream");
            } else if (lost || !current) {
                moderate(kind, mids.getOrDefault(kind, mid), lost ? times - 1 : JanusSession.MAX_SENT);
            }
        });
    }

    @Override
    void onConnected() {
        room.connected(this);
    }

    @Override
    void countLost(int packets) {
        room.counts().lostFromPublisher(packets);
    }

    @Override
    void onMessage(String type, JanusJson message) {
        if (type.equals("media")) {
            boolean receiving = message.flag("receiving");
            kind(message.text("type")).ifPresent(kind -> room.callBack(() -> listener.onMedia(kind, receiving)));
        }
    }

    @Override
    void forget() {
        // it is over: a publication keeps its handle until then
    }

    @Override
    void leave() {
        room.remove(this);
    }
}
