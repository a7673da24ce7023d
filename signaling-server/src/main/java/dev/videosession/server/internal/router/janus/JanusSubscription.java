package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.server.internal.router.Layers;
import dev.videosession.server.internal.router.RoutedSubscription;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.SubscriptionListener;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscriber handle. One request at a time; what is wanted meanwhile is merged. */
final class JanusSubscription implements RoutedSubscription {
    private static final Logger LOG = LoggerFactory.getLogger(JanusSubscription.class);

    private static final long SELECTION_MILLIS = 400;
    private static final int SELECTION_TRIES = 6;

    private final JanusRoom room;
    private final StreamId streamId;
    private final SubscriptionListener listener;

    // Owned by the event loop.
    private final JanusTracks tracks = new JanusTracks();
    private final OfferSession offerSession = new OfferSession();
    private @Nullable JanusHandle handle;
    private @Nullable String feed;
    private @Nullable SessionDescription nextAnswer;
    private Layers layers;
    private Layers applied = Layers.ALL;
    private int selectionTries;
    private boolean restartWanted;
    private boolean rejoinWanted;
    private boolean busy;
    private boolean joined;
    private boolean answerAwaited;
    private int offers;
    private boolean connected;
    private boolean over;

    JanusSubscription(JanusRoom room, StreamId streamId, Layers layers, SubscriptionListener listener) {
        this.room = room;
        this.streamId = streamId;
        this.layers = layers;
        this.listener = listener;
    }

    // ---- any thread

    @Override
    public void answer(int number, SessionDescription answer) {
        room.execute(() -> {
            if (number == offers && answerAwaited) {
                nextAnswer = answer;
                next();
            }
        });
    }

    /** A handle without a path is replaced: Janus renegotiates only what is connected. */
    @Override
    public void restart() {
        room.execute(() -> {
            if (connected && !answerAwaited) {
                restartWanted = true;
            } else if (joined) {
                rejoinWanted = true;
            }
            next();
        });
    }

    @Override
    public void select(Layers newLayers) {
        room.execute(() -> {
            layers = newLayers;
            next();
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

    /** The stream is there, under this id of its publisher. */
    void join(String newFeed) {
        if (!newFeed.equals(feed)) {
            feed = newFeed;
            rejoinWanted = handle != null;
            next();
        }
    }

    private void next() {
        if (busy || over || feed == null) {
            return;
        }
        if (rejoinWanted) {
            rejoinWanted = false;
            detach();
        }
        if (handle == null) {
            attach();
        } else if (!joined) {
            request(handle, joinRequest(feed), null, this::onJoined);
        } else if (nextAnswer != null) {
            Map<String, String> jsep = Map.of("type", "answer", "sdp", nextAnswer.toSdp());
            nextAnswer = null;
            request(handle, Map.of("request", "start"), jsep, started -> answerAwaited = false);
        } else if (restartWanted) {
            restartWanted = false;
            request(handle, Map.of("request", "configure", "restart", true), null, this::takeOffer);
        } else if (!layers.equals(applied) && (connected || !layers.hasSameMedia(applied))) {
            selectionTries = 0;
            select(handle, applied);
        }
    }

    private void select(JanusHandle open, Layers before) {
        Layers selected = layers;
        applied = selected;
        selectionTries++;
        Map<String, Object> body = Map.of("request", "configure", "streams", tracks.selection(selected, before));
        request(open, body, null, reply -> {
            takeOffer(reply);
            room.schedule(() -> selectAgain(open, selected), SELECTION_MILLIS);
        });
    }

    /** Janus switches at a key frame, which it asks for once, and not at all within a second of the last one. */
    private void selectAgain(JanusHandle selecting, Layers selected) {
        boolean current = handle == selecting && applied.equals(selected);
        if (current && tracks.waitsFor(selected) && selectionTries < SELECTION_TRIES) {
            if (busy) {
                room.schedule(() -> selectAgain(selecting, selected), SELECTION_MILLIS);
            } else {
                select(selecting, selected);
            }
        }
    }

    /**
     * Selects the encoding at once. A later request would make Janus ask for a key frame while the subscriber cannot receive it yet,
     * and a publisher ignores the next request for 300 ms.
     */
    private Map<String, Object> joinRequest(String joinedFeed) {
        applied = new Layers(true, true, layers.spatial(), layers.temporal());
        Map<String, Object> stream =
                Map.of("feed", joinedFeed, "substream", applied.spatial(), "temporal", applied.temporal());
        return room.join("join", "subscriber", Map.of("autoupdate", false, "streams", List.of(stream)));
    }

    private void attach() {
        busy = true;
        room.session().attach(this::onMessage).whenComplete((made, failure) -> {
            busy = false;
            if (made != null) {
                handle = made;
            }
            proceed(failure);
        });
    }

    /** What a request does when it was carried out. */
    @FunctionalInterface
    private interface Reply {
        void take(JanusJson reply);
    }

    private void request(JanusHandle open, Map<String, ?> body, @Nullable Map<String, ?> jsep, Reply done) {
        busy = true;
        open.request(body, jsep).whenComplete((reply, failure) -> {
            busy = false;
            Throwable problem = failure;
            if (reply != null && !over && !rejoinWanted) {
                problem = Failures.attempt(() -> done.take(reply));
            }
            proceed(problem);
        });
    }

    private void proceed(@Nullable Throwable failure) {
        if (over) {
            detach();
        } else if (failure != null && !rejoinWanted) {
            fail(failure);
        } else {
            next();
        }
    }

    private void onJoined(JanusJson reply) {
        joined = true;
        tracks.read(reply);
        takeOffer(reply, true);
    }

    private void takeOffer(JanusJson reply) {
        takeOffer(reply, false);
    }

    private void takeOffer(JanusJson reply, boolean newConnection) {
        String offer = reply.sdp("offer");
        if (offer != null) {
            int number = ++offers;
            answerAwaited = true;
            nextAnswer = null;
            String unified = offerSession.unify(offer, newConnection);
            room.callBack(() -> listener.onOffer(number, unified));
        }
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
                    next();
                }
            }
            case "event" -> {
                if (tracks.takeLayers(message.pluginData())) {
                    room.counts().layerSwitched();
                }
                takeOffer(message);
            }
            case "slowlink" -> {
                int lost = (int) message.number("lost");
                room.counts().lostToSubscriber(lost);
                Failures.kind(message.text("media"))
                        .ifPresent(kind -> room.callBack(() -> listener.onSlowLink(kind, lost)));
            }
            case "hangup" -> end("hangup: " + message.text("reason"));
            case "detached" -> end("Janus released the handle");
            default -> LOG.trace("event=routerMessage stream={} type={}", streamId, type);
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

    /** Ends it without a callback; a request under way is awaited. */
    void release() {
        if (over) {
            return;
        }
        over = true;
        room.remove(this);
        if (!busy) {
            detach();
        }
    }

    private void detach() {
        JanusHandle last = handle;
        handle = null;
        joined = false;
        connected = false;
        answerAwaited = false;
        restartWanted = false;
        nextAnswer = null;
        applied = Layers.ALL;
        tracks.forget();
        if (last != null) {
            last.detach();
        }
    }
}
