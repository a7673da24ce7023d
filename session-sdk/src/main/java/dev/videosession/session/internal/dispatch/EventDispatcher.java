package dev.videosession.session.internal.dispatch;

import dev.videosession.session.CancelableEvent;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Speakers;
import dev.videosession.session.StreamDestroyedEvent;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.ObservableEmitter;
import java.util.concurrent.CopyOnWriteArrayList;

/** Dispatches events to the listeners of one session, in the order in which they were added, and then to its observers. */
public final class EventDispatcher {
    private static final Calls CALLS = new Calls();

    private final CallbackQueue callbacks;
    private final CopyOnWriteArrayList<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<ObservableEmitter<SessionEvent>> observers = new CopyOnWriteArrayList<>();
    private volatile Speakers speakers = Speakers.NONE;
    private volatile boolean completed;

    public EventDispatcher(CallbackQueue callbacks) {
        this.callbacks = callbacks;
    }

    public CallbackQueue callbacks() {
        return callbacks;
    }

    public void add(SessionListener listener) {
        listeners.addIfAbsent(listener);
    }

    public void remove(SessionListener listener) {
        listeners.remove(listener);
    }

    public Observable<SessionEvent> observable() {
        return Observable.create(emitter -> {
            emitter.setCancellable(() -> observers.remove(emitter));
            observers.add(emitter);
            if (completed) {
                emitter.onComplete();
            }
        });
    }

    public void post(SessionEvent event) {
        callbacks.post(() -> tell(event));
    }

    /** Dispatches an event, then runs its default action unless a listener prevented it. */
    public <E extends CancelableEvent & SessionEvent> void post(E event, Runnable defaultAction) {
        callbacks.post(() -> {
            tell(event);
            if (!event.isDefaultPrevented()) {
                defaultAction.run();
            }
        });
    }

    /** Reports other speakers to the listeners, and lets {@link #speakers()} return them. */
    public void postSpeakers(Speakers changed) {
        speakers = changed;
        callbacks.post(listeners, listener -> listener.onSpeakersChanged(changed));
    }

    /** {@return the speakers that were reported last} */
    public Speakers speakers() {
        return speakers;
    }

    public void complete() {
        callbacks.post(() -> {
            completed = true;
            CallbackQueue.tell(observers, ObservableEmitter::onComplete);
        });
    }

    private void tell(SessionEvent event) {
        CallbackQueue.tell(listeners, listener -> event.accept(CALLS, listener));
        CallbackQueue.tell(observers, observer -> observer.onNext(event));
    }

    /** Calls the method of a listener for each type of event. */
    private static final class Calls implements SessionEvent.Visitor<SessionListener, Void> {
        @Override
        public Void onSessionConnected(SessionEvent.SessionConnected event, SessionListener listener) {
            listener.onConnected(event);
            return null;
        }

        @Override
        public Void onSessionDisconnected(SessionDisconnectEvent event, SessionListener listener) {
            listener.onDisconnected(event);
            return null;
        }

        @Override
        public Void onSessionReconnecting(SessionEvent.SessionReconnecting event, SessionListener listener) {
            listener.onReconnecting(event);
            return null;
        }

        @Override
        public Void onSessionReconnected(SessionEvent.SessionReconnected event, SessionListener listener) {
            listener.onReconnected(event);
            return null;
        }

        @Override
        public Void onConnectionCreated(SessionEvent.ConnectionCreated event, SessionListener listener) {
            listener.onConnectionCreated(event);
            return null;
        }

        @Override
        public Void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event, SessionListener listener) {
            listener.onConnectionDestroyed(event);
            return null;
        }

        @Override
        public Void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event, SessionListener listener) {
            listener.onConnectionReconnecting(event);
            return null;
        }

        @Override
        public Void onConnectionReconnected(SessionEvent.ConnectionReconnected event, SessionListener listener) {
            listener.onConnectionReconnected(event);
            return null;
        }

        @Override
        public Void onStreamCreated(SessionEvent.StreamCreated event, SessionListener listener) {
            listener.onStreamCreated(event);
            return null;
        }

        @Override
        public Void onStreamDestroyed(StreamDestroyedEvent event, SessionListener listener) {
            listener.onStreamDestroyed(event);
            return null;
        }

        @Override
        public Void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event, SessionListener listener) {
            listener.onStreamPropertyChanged(event);
            return null;
        }

        @Override
        public Void onSignal(SessionEvent.Signal event, SessionListener listener) {
            listener.onSignal(event);
            return null;
        }

        @Override
        public Void onMuteForced(SessionEvent.MuteForced event, SessionListener listener) {
            listener.onMuteForced(event);
            return null;
        }

        @Override
        public Void onExceptionRaised(SessionEvent.ExceptionRaised event, SessionListener listener) {
            listener.onError(event.error());
            return null;
        }
    }
}
