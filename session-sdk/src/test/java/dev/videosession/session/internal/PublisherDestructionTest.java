package dev.videosession.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.session.MediaStoppedEvent;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.internal.connection.EstablishedConnection;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.lifecycle.SessionCommands;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.stream.LocalPublisher;
import dev.videosession.session.internal.stream.LocalStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Callbacks are called at once. */
class PublisherDestructionTest {
    private static final Stream STREAM = mock(Stream.class);
    private static final Executor DIRECTLY = Runnable::run;

    private final List<String> reported = new ArrayList<>();
    private final LocalStreams local = mock(LocalStreams.class);
    private final LocalPublisher publisher = mock(LocalPublisher.class);
    private final PublisherMedia media = mock(PublisherMedia.class);
    private final PublisherPlace place = new PublisherPlace();
    private final CallbackQueue queue = new CallbackQueue(DIRECTLY, DIRECTLY);
    private final PublisherCallbacks callbacks =
            new PublisherCallbacks(() -> place.state() == PublisherState.ENDED, queue);
    private final PublisherDestruction destruction = new PublisherDestruction(publisher, place, media, callbacks);
    private final Listener listener = new Listener();
    private boolean connected = true;
    private @Nullable Stream published;

    PublisherDestructionTest() {
        callbacks.add(listener);
    }

    /** Reports what happens, and prevents it if the test wants that. */
    private final class Listener implements PublisherListener {
        private boolean prevents;
        private Runnable meanwhile = () -> {};

        @Override
        public void onStreamDestroyed(StreamDestroyedEvent event) {
            reported.add("streamDestroyed " + event.reason());
            meanwhile.run();
            if (prevents) {
                event.preventDefault();
            }
        }

        @Override
        public void onMediaStopped(MediaStoppedEvent event) {
            reported.add("mediaStopped");
            if (prevents) {
                event.preventDefault();
            }
        }

        @Override
        public void onDestroyed() {
            reported.add("destroyed");
        }
    }

    /** Publishes in a session whose commands run at once. */
    @SuppressWarnings("unchecked")
    private void publish() {
        doAnswer(call -> {
                    place.detach();
                    return published;
                })
                .when(local)
                .drop(publisher);
        EstablishedConnection connection = mock(EstablishedConnection.class);
        when(connection.local()).thenReturn(local);
        SessionCommands commands = mock(SessionCommands.class);
        doAnswer(call -> {
                    if (connected) {
                        call.<Consumer<EstablishedConnection>>getArgument(0).accept(connection);
                    } else {
                        place.detach();
                        call.<Runnable>getArgument(1).run();
                    }
                    return null;
                })
                .when(commands)
                .update(any(Consumer.class), any(Runnable.class));
        doAnswer(call -> {
                    call.<Consumer<EstablishedConnection>>getArgument(0).accept(connection);
                    return null;
                })
                .when(commands)
                .submit(any(Consumer.class), any(Consumer.class));
        assertThat(place.attach(new SessionHandle(mock(Session.class), commands, queue)))
                .isNull();
    }

    @Test
    void unpublishedPublisherIsDestroyedOnce() {
        destruction.destroy();
        destruction.destroy();
        assertThat(reported).containsExactly("destroyed");
        verify(media, times(1)).close();
        assertThat(place.state()).isEqualTo(PublisherState.ENDED);
    }

    @Test
    void streamOfADestroyedPublisherEndsFirst() {
        publish();
        published = STREAM;
        destruction.destroy();
        assertThat(reported).containsExactly("streamDestroyed CLIENT_DISCONNECTED", "destroyed");
        verify(media).close();
    }

    /** Its publication ended with the connection, before the command reached the loop. */
    @Test
    void publisherIsDestroyedAfterTheEndOfItsConnection() {
        publish();
        connected = false;
        destruction.destroy();
        assertThat(reported).containsExactly("destroyed");
        verify(local, never()).drop(any());
    }

    @Test
    void endOfTheStreamDestroysThePublisher() {
        destruction.streamEnded(STREAM, StreamDestroyReason.FORCE_UNPUBLISHED);
        assertThat(reported).containsExactly("streamDestroyed FORCE_UNPUBLISHED", "destroyed");
        verify(media).close();
    }

    @Test
    void preventedEndOfTheStreamKeepsThePublisher() {
        listener.prevents = true;
        destruction.streamEnded(STREAM, StreamDestroyReason.FORCE_UNPUBLISHED);
        assertThat(reported).containsExactly("streamDestroyed FORCE_UNPUBLISHED");
        verify(media, never()).close();
        assertThat(place.state()).isEqualTo(PublisherState.FREE);
    }

    @Test
    void publisherThatAListenerPublishesAgainIsDestroyedUnlessTheEndIsPrevented() {
        listener.meanwhile = this::publish;
        destruction.streamEnded(STREAM, StreamDestroyReason.FORCE_UNPUBLISHED);
        verify(local).drop(publisher);
        verify(media).close();
    }

    @Test
    void endWithoutAStreamIsNotReportedAsOne() {
        destruction.streamEnded(null, StreamDestroyReason.NETWORK_DISCONNECTED);
        assertThat(reported).containsExactly("destroyed");
    }

    @Test
    void streamOfASessionThatStartedOverIsPublishedAgain() {
        publish();
        List<Boolean> again = new ArrayList<>();
        destruction.startOver(STREAM, again::add);
        assertThat(reported).containsExactly("streamDestroyed NETWORK_DISCONNECTED");
        assertThat(again).containsExactly(true);
        assertThat(place.state()).isEqualTo(PublisherState.RETURNING);
    }

    @Test
    void streamIsNotPublishedAgainIfAListenerPreventsIt() {
        publish();
        listener.prevents = true;
        List<Boolean> again = new ArrayList<>();
        destruction.startOver(STREAM, again::add);
        assertThat(again).containsExactly(false);
        assertThat(place.state()).isEqualTo(PublisherState.FREE);
    }

    @Test
    void publisherThatWaitsForItsSessionIsDestroyedWithIt() {
        publish();
        destruction.startOver(STREAM, again -> {});
        reported.clear();
        destruction.sessionEnded();
        assertThat(reported).containsExactly("destroyed");
        verify(media).close();
    }

    @Test
    void publisherThatDoesNotWaitOutlivesTheSession() {
        destruction.sessionEnded();
        assertThat(reported).isEmpty();
        verify(media, never()).close();
    }

    @Test
    void stoppedMediaEndTheStream() {
        publish();
        destruction.mediaStopped();
        assertThat(reported).containsExactly("mediaStopped");
        verify(local).unpublish(eq(publisher), eq(StreamDestroyReason.MEDIA_STOPPED), any());
    }

    @Test
    void stoppedMediaDestroyAnUnpublishedPublisher() {
        destruction.mediaStopped();
        assertThat(reported).containsExactly("mediaStopped", "destroyed");
    }

    @Test
    void preventedEndOfTheMediaChangesNothing() {
        publish();
        listener.prevents = true;
        destruction.mediaStopped();
        assertThat(reported).containsExactly("mediaStopped");
        verify(local, never()).unpublish(any(), any(), any());
        verify(media, never()).close();
    }
}
