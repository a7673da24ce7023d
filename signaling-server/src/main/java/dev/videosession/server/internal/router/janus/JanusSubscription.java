package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.server.internal.router.Layers;
import dev.videosession.server.internal.router.RoutedSubscription;
import dev.videosession.server.internal.router.SubscriptionListener;
import dev.videosession.server.internal.router.janus.session.JanusHandle;
import dev.videosession.server.internal.router.janus.session.JanusJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A subscriber in a room. Changes that are requested while a request is in progress are merged. */
final class JanusSubscription extends JanusParticipant implements RoutedSubscription {
    private static final long SELECTION_MILLIS = 400;
    private static final int SELECTION_TRIES = 6;

    private final JanusRoom room;
    private final SubscriptionListener listener;

    // Owned by the event loop.
    private final JanusTracks tracks = new JanusTracks();
    private final OfferSession offerSession = new OfferSession();
    private @Nullable String feed;
    private @Nullable SessionDescription nextAnswer;
    private Layers layers;
    private Layers applied = Layers.ALL;
    private int selectionTries;
    private boolean restartWanted;
    private boolean rejoinWanted;
    private boolean joined;
    private boolean answerAwaited;
    private int offers;

    JanusSubscription(JanusRoom room, StreamId streamId, Layers layers, SubscriptionListener listener) {
        super(room, streamId, listener);
        this.room = room;
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
            if (isConnected() && !answerAwaited) {
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

    /** The stream is there, under this id of its publisher. */
    void join(String newFeed) {
        if (!newFeed.equals(feed)) {
            feed = newFeed;
            rejoinWanted = handle() != null;
            next();
        }
    }

    @Override
    void sendNext() {
        if (feed == null) {
            return;
        }
        if (rejoinWanted) {
            rejoinWanted = false;
            detach();
        }
        JanusHandle open = handle();
        if (open == null) {
            attach(CompletableFuture.completedFuture(null));
        } else if (!joined) {
            await(open.request(joinRequest(feed)), this::onJoined);
        } else if (nextAnswer != null) {
            Map<String, String> jsep = Map.of("type", "answer", "sdp", nextAnswer.toSdp());
            nextAnswer = null;
            await(open.request(Map.of("request", "start"), jsep), started -> answerAwaited = false);
        } else if (restartWanted) {
            restartWanted = false;
            await(open.request(Map.of("request", "configure", "restart", true)), this::takeOffer);
        } else if (!layers.equals(applied) && (isConnected() || !layers.hasSameMedia(applied))) {
            selectionTries = 0;
            select(open, applied);
        }
    }

    private void select(JanusHandle open, Layers before) {
        Layers selected = layers;
        applied = selected;
        selectionTries++;
        Map<String, Object> body = Map.of("request", "configure", "streams", tracks.selection(selected, before));
        await(open.request(body), reply -> {
            takeOffer(reply);
            room.schedule(() -> selectAgain(open, selected), SELECTION_MILLIS);
        });
    }

    /** Janus switches at a key frame, which it asks for once, and not at all within a second of the last one. */
    private void selectAgain(JanusHandle selecting, Layers selected) {
        boolean current = handle() == selecting && applied.equals(selected);
        if (current && tracks.waitsFor(selected) && selectionTries < SELECTION_TRIES) {
            if (isBusy()) {
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

    /** A handle that is to be replaced has nothing more to say. */
    @Override
    boolean isSuperseded() {
        return rejoinWanted;
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

    @Override
    void onConnected() {
        next();
    }

    @Override
    void countLost(int packets) {
        room.counts().lostToSubscriber(packets);
    }

    @Override
    void onMessage(String type, JanusJson message) {
        if (type.equals("event")) {
            if (tracks.takeLayers(message.pluginData())) {
                room.counts().layerSwitched();
            }
            takeOffer(message);
        }
    }

    @Override
    void forget() {
        joined = false;
        answerAwaited = false;
        restartWanted = false;
        nextAnswer = null;
        applied = Layers.ALL;
        tracks.forget();
    }

    @Override
    void leave() {
        room.remove(this);
    }
}
