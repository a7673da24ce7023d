package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.server.internal.router.PublicationListener;
import dev.videosession.server.internal.router.RoutedPublication;
import dev.videosession.server.internal.router.RouterRefusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publisher handle. One request at a time; of several offers that wait, the newest is sent. */
final class JanusPublication implements RoutedPublication {
    private static final Logger LOG = LoggerFactory.getLogger(JanusPublication.class);

    private final JanusRoom room;
    private final StreamId streamId;
    private final PublicationListener listener;

    /** The id of the publisher in the room; set on the event loop before anything else happens. */
    String feed = "";

    // Owned by the event loop.
    private final Map<MediaKind, Boolean> muted = new EnumMap<>(MediaKind.class);
    private final Map<MediaKind, String> mids = new EnumMap<>(MediaKind.class);
    /** The kinds with a request to mute or unmute under way, and whether it still says what is wanted. */
    private final Map<MediaKind, Boolean> moderated = new EnumMap<>(MediaKind.class);

    private @Nullable JanusHandle handle;
    private @Nullable Offer nextOffer;
    private boolean busy;
    private boolean joined;
    private boolean connected;
    private boolean over;

    private record Offer(int number, SessionDescription description) {}

    JanusPublication(JanusRoom room, StreamId streamId, PublicationListener listener) {
        this.room = room;
        this.streamId = streamId;
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
            if (joined && !over && (mute || Boolean.TRUE.equals(before))) {
                moderate(kind);
            }
        });
    }

    @Override
    public void close() {
        room.execute(this::release);
    }

    // ---- the event loop

    StreamId streamId() {
        return streamId;
    }

    boolean isConnected() {
        return connected;
    }

    private void next() {
        if (busy || over || nextOffer == null) {
            return;
        }
        busy = true;
        if (handle == null) {
            room.create()
                    .thenCompose(created -> room.session().attach(this::onMessage))
                    .whenComplete((made, failure) -> {
                        busy = false;
                        if (made != null) {
                            handle = made;
                        }
                        proceed(failure);
                    });
        } else {
            send(handle, nextOffer);
        }
    }

    /** Goes on after a request, or ends. */
    private void proceed(@Nullable Throwable failure) {
        if (over) {
            detach();
        } else if (failure != null) {
            fail(failure);
        } else {
            next();
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
        CompletionStage<JanusJson> answer = joined ? open.requestAgain(body, jsep) : open.request(body, jsep);
        answer.whenComplete((reply, failure) -> {
            busy = false;
            Throwable problem = failure;
            if (reply != null && !over) {
                problem = Failures.attempt(() -> answered(offer, reply));
            }
            proceed(problem);
        });
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
            boolean lost = failure != null && times > 1 && Failures.isSocketLost(failure);
            if (over) {
                return;
            }
            if (failure != null && !lost) {
                LOG.warn("event=routerMuteFailed feed={} cause=\"{}\"", feed, Failures.message(failure));
                end("the router did not mute the stream");
            } else if (lost || !current) {
                moderate(kind, mids.getOrDefault(kind, mid), lost ? times - 1 : JanusSession.MAX_SENT);
            }
        });
    }

    private void onMessage(String type, JanusJson message) {
        if (over) {
            return;
        }
        switch (type) {
            case "webrtcup" -> {
                if (!connected) {
                    connected = true;
                    room.callBack(listener::onConnected);
                    room.connected(this);
                }
            }
            case "media" -> {
                boolean receiving = message.flag("receiving");
                Failures.kind(message.text("type"))
                        .ifPresent(kind -> room.callBack(() -> listener.onMedia(kind, receiving)));
            }
            case "slowlink" -> {
                int lost = (int) message.number("lost");
                room.counts().lostFromPublisher(lost);
                Failures.kind(message.text("media"))
                        .ifPresent(kind -> room.callBack(() -> listener.onSlowLink(kind, lost)));
            }
            case "hangup" -> end("hangup: " + message.text("reason"));
            case "detached" -> end("Janus released the handle");
            default -> LOG.trace("event=routerMessage feed={} type={}", feed, type);
        }
    }

    private void fail(Throwable failure) {
        RouterRefusal refusal = Failures.refusal(failure);
        if (refusal == null) {
            end(Failures.message(failure));
        } else {
            refuse(refusal, Failures.message(failure));
        }
    }

    /** Ends it because the client's request is refused. */
    void refuse(RouterRefusal refusal, String reason) {
        if (!over) {
            release();
            room.callBack(() -> listener.onRefused(refusal, reason));
        }
    }

    /** Ends it and says why. */
    void end(String reason) {
        if (!over) {
            release();
            room.callBack(() -> listener.onEnded(reason));
        }
    }

    /** Ends it without a callback. A request under way is awaited: a handle that joins while it goes leaves a ghost. */
    void release() {
        if (over) {
            return;
        }
        over = true;
        connected = false;
        room.remove(this);
        if (!busy) {
            detach();
        }
    }

    private void detach() {
        JanusHandle last = handle;
        handle = null;
        if (last != null) {
            last.detach();
        }
    }
}
