package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.server.internal.router.RoutedPathListener;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.janus.session.JanusException;
import dev.videosession.server.internal.router.janus.session.JanusHandle;
import dev.videosession.server.internal.router.janus.session.JanusJson;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A publisher or a subscriber in a room, with a handle of its own. It has at most one request in progress, and ends once. Confined to the
 * event loop.
 */
abstract class JanusParticipant {
    private static final Logger LOG = LoggerFactory.getLogger(JanusParticipant.class);

    private final JanusRoom room;
    private final StreamId streamId;
    private final RoutedPathListener listener;
    private @Nullable JanusHandle handle;
    private boolean busy;
    private boolean connected;
    private boolean over;

    JanusParticipant(JanusRoom room, StreamId streamId, RoutedPathListener listener) {
        this.room = room;
        this.streamId = streamId;
        this.listener = listener;
    }

    final StreamId streamId() {
        return streamId;
    }

    /** {@return the handle, or null before it is attached and after it is detached} */
    final @Nullable JanusHandle handle() {
        return handle;
    }

    final boolean isBusy() {
        return busy;
    }

    final boolean isConnected() {
        return connected;
    }

    final boolean isOver() {
        return over;
    }

    /** Sends the next request if one is wanted; not called while one is under way. */
    abstract void sendNext();

    /** The handle is released: what was known of its peer connection is forgotten. */
    abstract void forget();

    /** Removes the participant from its room. */
    abstract void leave();

    /** Media can flow. The listener is informed already. */
    abstract void onConnected();

    /** Counts packets that were lost on the path. */
    abstract void countLost(int packets);

    /** Takes a message that only one kind of participant receives. */
    abstract void onMessage(String type, JanusJson message);

    /** {@return whether the outcome of the request under way does not count any more} */
    boolean isSuperseded() {
        return false;
    }

    /** Goes on, unless a request is under way. */
    final void next() {
        if (!busy && !over) {
            sendNext();
        }
    }

    /** Attaches a handle, after something else. */
    final void attach(CompletionStage<?> before) {
        busy = true;
        before.thenCompose(done -> room.session().attach(this::receive)).whenComplete((made, failure) -> {
            busy = false;
            if (made != null) {
                handle = made;
            }
            proceed(failure);
        });
    }

    /** Waits for the answer to a request, and takes it unless it is {@linkplain #isSuperseded superseded}. */
    final void await(CompletionStage<JanusJson> answer, Consumer<JanusJson> taken) {
        busy = true;
        answer.whenComplete((reply, failure) -> {
            busy = false;
            Throwable problem = failure;
            if (reply != null && !over && !isSuperseded()) {
                problem = JanusException.thrownBy(() -> taken.accept(reply));
            }
            proceed(problem);
        });
    }

    private void proceed(@Nullable Throwable failure) {
        if (over) {
            detach();
        } else if (failure != null && !isSuperseded()) {
            fail(failure);
        } else {
            next();
        }
    }

    private void receive(String type, JanusJson message) {
        if (over) {
            return;
        }
        switch (type) {
            case "webrtcup" -> {
                if (!connected) {
                    connected = true;
                    room.callBack(listener::onConnected);
                    onConnected();
                }
            }
            case "slowlink" -> {
                int lost = (int) message.number("lost");
                countLost(lost);
                kind(message.text("media")).ifPresent(kind -> room.callBack(() -> listener.onSlowLink(kind, lost)));
            }
            case "hangup" -> end("hangup: " + message.text("reason"));
            case "detached" -> end("Janus released the handle");
            default -> {
                LOG.trace("event=routerMessage stream={} type={}", streamId, type);
                onMessage(type, message);
            }
        }
    }

    /** {@return the kind of media that Janus names, or empty if it is another one} */
    static Optional<MediaKind> kind(@Nullable String text) {
        if ("audio".equals(text)) {
            return Optional.of(MediaKind.AUDIO);
        }
        return "video".equals(text) ? Optional.of(MediaKind.VIDEO) : Optional.empty();
    }

    private void fail(Throwable failure) {
        RouterRefusal refusal = JanusException.refusalIn(failure);
        if (refusal == null) {
            end(JanusException.messageOf(failure));
        } else {
            refuse(refusal, JanusException.messageOf(failure));
        }
    }

    /** Ends it because the client's request is refused. */
    final void refuse(RouterRefusal refusal, String reason) {
        if (!over) {
            release();
            room.callBack(() -> listener.onRefused(refusal, reason));
        }
    }

    /** Ends it and says why. */
    final void end(String reason) {
        if (!over) {
            release();
            room.callBack(() -> listener.onEnded(reason));
        }
    }

    /** Ends it without a callback. A request under way is awaited: a handle that joins while it is released leaves a ghost. */
    final void release() {
        if (over) {
            return;
        }
        over = true;
        connected = false;
        leave();
        if (!busy) {
            detach();
        }
    }

    /** Releases the handle. The next request needs another one. */
    final void detach() {
        JanusHandle last = handle;
        handle = null;
        connected = false;
        forget();
        if (last != null) {
            last.detach();
        }
    }
}
