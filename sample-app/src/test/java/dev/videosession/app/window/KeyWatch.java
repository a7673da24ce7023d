package dev.videosession.app.window;

import java.awt.AWTEvent;
import java.awt.event.KeyEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until a key event has reached the program, whichever part of it handles the key. */
final class KeyWatch implements AutoCloseable {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final EventCosts events;
    private final Consumer<AWTEvent> listener;

    KeyWatch(EventCosts events, int type, int code) {
        this.events = events;
        listener = event -> {
            if (event.getID() == type && event instanceof KeyEvent key && key.getKeyCode() == code) {
                arrived.countDown();
            }
        };
        events.addListener(listener);
    }

    /** Returns when the event is about to be handled, or after the limit. */
    void await(Duration limit) throws InterruptedException {
        arrived.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        events.removeListener(listener);
    }
}
