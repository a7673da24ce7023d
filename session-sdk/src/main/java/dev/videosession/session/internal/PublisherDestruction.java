package dev.videosession.session.internal;

import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.session.MediaStoppedEvent;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.stream.LocalPublisher;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which a publisher, or only its stream, ends. An event that a listener may prevent comes first; unless one does, the
 * publisher is destroyed: once, with one last event. Methods may be called from any thread, unless they say otherwise.
 */
final class PublisherDestruction {
    private final LocalPublisher publisher;
    private final PublisherPlace place;
    private final PublisherMedia media;
    private final PublisherCallbacks callbacks;

    PublisherDestruction(
            LocalPublisher publisher, PublisherPlace place, PublisherMedia media, PublisherCallbacks callbacks) {
        this.publisher = publisher;
        this.place = place;
        this.media = media;
        this.callbacks = callbacks;
    }

    /** The application destroys the publisher. */
    void destroy() {
        if (!place.destroy()) {
            return;
        }
        media.close();
        SessionHandle current = place.session();
        if (current == null) {
            callbacks.post(this::reportEnd);
            return;
        }
        current.commands().update(connection -> dropped(connection.local().drop(publisher)), () -> dropped(null));
    }

    private void dropped(@Nullable Stream ended) {
        if (ended != null) {
            StreamDestroyedEvent event = new StreamDestroyedEvent(ended, StreamDestroyReason.CLIENT_DISCONNECTED);
            callbacks.tell(listener -> listener.onStreamDestroyed(event));
        }
        callbacks.post(this::reportEnd);
    }

    private void reportEnd() {
        place.reported();
        callbacks.tellNow(PublisherListener::onDestroyed);
    }

    /** The stream has ended. In a callback. */
    void streamEnded(@Nullable Stream own, StreamDestroyReason reason) {
        if (own != null) {
            StreamDestroyedEvent event = new StreamDestroyedEvent(own, reason);
            callbacks.tellNow(listener -> listener.onStreamDestroyed(event));
            if (event.isDefaultPrevented()) {
                return;
            }
        }
        if (place.session() == null) {
            destroyNow();
        } else {
            destroy(); // a listener published it again and let the default action stand
        }
    }

    /** The stream has ended because the session started over. */
    void startOver(Stream own, Consumer<Boolean> again) {
        place.startOver();
        callbacks.post(() -> {
            StreamDestroyedEvent event = new StreamDestroyedEvent(own, StreamDestroyReason.NETWORK_DISCONNECTED, true);
            callbacks.tellNow(listener -> listener.onStreamDestroyed(event));
            if (event.isDefaultPrevented()) {
                place.keep();
            }
            again.accept(place.state() == PublisherState.RETURNING);
        });
    }

    /** The session ended before the publisher was published again. In a callback. */
    void sessionEnded() {
        if (place.state() == PublisherState.RETURNING) {
            destroyNow();
        }
    }

    private void destroyNow() {
        if (place.destroy()) {
            media.close();
            reportEnd();
        }
    }

    /** The device or the source has stopped. */
    void mediaStopped() {
        callbacks.post(() -> {
            MediaStoppedEvent event = new MediaStoppedEvent();
            callbacks.tellNow(listener -> listener.onMediaStopped(event));
            if (event.isDefaultPrevented()) {
                return;
            }
            SessionHandle current = place.session();
            if (current == null) {
                destroy();
            } else {
                PendingResult result = callbacks.newResult();
                current.commands()
                        .submit(
                                connection -> connection
                                        .local()
                                        .unpublish(publisher, StreamDestroyReason.MEDIA_STOPPED, result),
                                result::fail);
            }
        });
    }
}
