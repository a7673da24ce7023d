package dev.videosession.session.internal.dispatch;

import dev.videosession.session.CancelableEvent;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.StreamDestroyedEvent;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.ObservableEmitter;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listeners and observers of one session. Listeners hear of an event first, in the order in which they were added. */
public final class EventDispatcher {
    private final CallbackQueue callbacks;
    private final CopyOnWriteArrayList<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<ObservableEmitter<SessionEvent>> observers = new CopyOnWriteArrayList<>();
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

    /** Tells everybody, then runs the default action unless somebody prevented it. */
    public <E extends CancelableEvent & SessionEvent> void post(E event, Runnable defaultAction) {
        callbacks.post(() -> {
            tell(event);
            if (!event.isDefaultPrevented()) {
                defaultAction.run();
            }
        });
    }

    public void complete() {
        callbacks.post(() -> {
            completed = true;
            CallbackQueue.tell(observers, ObservableEmitter::onComplete);
        });
    }

    private void tell(SessionEvent event) {
        CallbackQueue.tell(listeners, listener -> call(listener, event));
        CallbackQueue.tell(observers, observer -> observer.onNext(event));
    }

    private static void call(SessionListener listener, SessionEvent event) {
        if (event instanceof SessionEvent.SessionConnected e) {
            listener.onConnected(e);
        } else if (event instanceof SessionDisconnectEvent e) {
            listener.onDisconnected(e);
        } else if (event instanceof SessionEvent.SessionReconnecting e) {
            listener.onReconnecting(e);
        } else if (event instanceof SessionEvent.SessionReconnected e) {
            listener.onReconnected(e);
        } else if (event instanceof SessionEvent.ConnectionCreated e) {
            listener.onConnectionCreated(e);
        } else if (event instanceof SessionEvent.ConnectionDestroyed e) {
            listener.onConnectionDestroyed(e);
        } else if (event instanceof SessionEvent.ConnectionReconnecting e) {
            listener.onConnectionReconnecting(e);
        } else if (event instanceof SessionEvent.ConnectionReconnected e) {
            listener.onConnectionReconnected(e);
        } else if (event instanceof SessionEvent.StreamCreated e) {
            listener.onStreamCreated(e);
        } else if (event instanceof StreamDestroyedEvent e) {
            listener.onStreamDestroyed(e);
        } else if (event instanceof SessionEvent.StreamPropertyChanged e) {
            listener.onStreamPropertyChanged(e);
        } else if (event instanceof SessionEvent.Signal e) {
            listener.onSignal(e);
        } else if (event instanceof SessionEvent.MuteForced e) {
            listener.onMuteForced(e);
        } else if (event instanceof SessionEvent.ExceptionRaised e) {
            listener.onError(e.error());
        }
    }
}
